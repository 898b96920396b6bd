"""Who works at the sample company, and where."""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files

from pypinyin import lazy_pinyin

from bilin.core.ids import HybridClock, PersonId, UnitId

MOBILE_PREFIXES = ("138", "139", "158", "186", "188")
EXAMPLE_DOMAIN = "yunchuan.example"
SAME_NAME, SAME_NAME_AGAIN = 3, 90


@dataclass(slots=True)
class SampleUnit:
    """A branch or department."""

    id: UnitId
    parent: UnitId | None
    name: str
    kind: str
    rank: int


@dataclass(slots=True)
class SamplePerson:
    """Somebody of the sample company."""

    id: PersonId
    name: str
    login: str
    title: str
    branch: SampleUnit
    unit: SampleUnit
    email: str
    phone: str

    @property
    def is_english(self) -> bool:
        return self.name.isascii()


@dataclass(slots=True)
class SampleCompany:
    """Units in the order they must be made, and people; the first person is the one to sign in as."""

    units: list[SampleUnit] = field(default_factory=list)
    people: list[SamplePerson] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)


def make_company(dice: random.Random, clock: HybridClock) -> SampleCompany:
    """Invent the company; the same dice give the same names."""
    facts = tomllib.loads(files("bilin.app.demo").joinpath("company.toml").read_text(encoding="utf-8"))
    company = SampleCompany(words={name: facts[name] for name in ("products", "customers", "cities")})
    root = SampleUnit(UnitId(clock.next()), None, facts["name"], "company", 0)
    company.units.append(root)
    logins: set[str] = set()
    chinese, english = _chinese_names(dice, facts), iter(facts["english"])
    for about in facts["branches"]:
        branch = SampleUnit(UnitId(clock.next()), root.id, about["name"], about["kind"], about["rank"])
        company.units.append(branch)
        for order, (name, size) in enumerate(about["departments"].items()):
            unit = SampleUnit(UnitId(clock.next()), branch.id, name, "department", order)
            company.units.append(unit)
            for number in range(size):
                who = next(english, None) if branch.name.isascii() else None
                who = who or next(chinese)
                company.people.append(_person(dice, clock, logins, who, branch, unit, is_head=number == 0))
    return company


def _chinese_names(dice: random.Random, facts: dict[str, str]) -> Iterator[str]:
    yield "苏晚"
    seen = ["苏晚"]
    while True:
        name = dice.choice(facts["surnames"]) + dice.choice(facts["given"])
        if name not in seen:
            seen.append(name)
            # In a company of this size two people have one name.
            yield seen[SAME_NAME] if len(seen) == SAME_NAME_AGAIN else name


def _person(
    dice: random.Random,
    clock: HybridClock,
    logins: set[str],
    name: str,
    branch: SampleUnit,
    unit: SampleUnit,
    *,
    is_head: bool,
) -> SamplePerson:
    stem = "".join(lazy_pinyin(name)).replace(" ", ".").lower()
    login = next(each for each in (stem, *(f"{stem}{n}" for n in range(2, 99))) if each not in logins)
    logins.add(login)
    english = branch.name.isascii()
    title = ("Head of " + unit.name if english else unit.name + "负责人") if is_head else _title(dice, english)
    digits = dice.randrange(10**8)
    phone = f"+65 8{digits % 10**7:07}" if english else f"{dice.choice(MOBILE_PREFIXES)}{digits:08}"
    return SamplePerson(
        PersonId(clock.next()), name, login, title, branch, unit, f"{login}@{EXAMPLE_DOMAIN}", phone
    )  # fmt: skip


def _title(dice: random.Random, english: bool) -> str:
    if english:
        return dice.choice(["Specialist", "Senior Specialist", "Engineer", "Account Manager", "Coordinator"])
    return dice.choice(["专员", "高级专员", "主管", "工程师", "高级工程师", "经理", "顾问"])
