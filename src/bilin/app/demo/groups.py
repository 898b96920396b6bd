"""Who talks with whom in the sample company: departments, branches, projects across branches, and pairs."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from bilin.app.demo.people import SampleCompany, SamplePerson

PROJECTS = (
    ("华东区经营周会", 24, 0.0),
    ("产品研发 · 消息中心", 18, 0.1),
    ("客户成功 – 杭州", 12, 0.0),
    ("值班 · 基础设施", 9, 0.15),
    ("新人营 2026 秋", 30, 0.05),
    ("APAC go-to-market", 14, 0.8),
    ("Harbour Foods 项目组", 11, 0.5),
    ("年会筹备", 16, 0.0),
    ("安全与合规", 8, 0.1),
    ("数据平台升级", 13, 0.2),
)
PAIRS_OF_VIEWER = 14
OTHER_PAIRS = 40
READ_SHARE = 0.85


@dataclass(frozen=True, slots=True)
class Circle:
    """People who talk with each other; the first one began it."""

    title: str
    people: list[SamplePerson]
    dialogues: int
    viewer: SamplePerson
    """The one to sign in as."""
    english_share: float = 0.0
    is_direct: bool = False
    is_pinned: bool = False
    is_muted: bool = False
    read_share: float = READ_SHARE
    draft: str = ""
    """What the viewer began to write there."""


def circles(dice: random.Random, company: SampleCompany) -> list[Circle]:
    """All conversations of the sample company."""
    viewer = company.people[0]
    return [
        *_of_units(company, viewer),
        *_of_projects(dice, company, viewer),
        *_of_pairs(dice, company, viewer),
        Circle("全员公告", company.people, 4, viewer, is_muted=True),
    ]


def _of_units(company: SampleCompany, viewer: SamplePerson) -> Iterator[Circle]:
    for unit in company.units:
        if unit.kind == "department":
            people = [person for person in company.people if person.unit is unit]
            title = f"{people[0].branch.name} · {unit.name}"
            yield Circle(title, people, 14, viewer, 0.95 if people[0].branch.name.isascii() else 0.0)
        elif unit.kind == "branch":
            people = [person for person in company.people if person.branch is unit]
            yield Circle(unit.name, people, 12, viewer, 0.95 if unit.name.isascii() else 0.0)


def _of_projects(dice: random.Random, company: SampleCompany, viewer: SamplePerson) -> Iterator[Circle]:
    for number, (title, size, english_share) in enumerate(PROJECTS):
        others = [person for person in company.people if person is not viewer]
        if english_share > 0.4:
            others.sort(key=lambda person: not person.is_english)
            others = others[: size * 2]
        people = [viewer, *dice.sample(others, size - 1)]
        owner = people.pop(0 if number % 2 == 0 else 1)
        yield Circle(
            title,
            [owner, *people],
            30 if number == 0 else 16,
            viewer,
            english_share,
            is_pinned=number == 0,
            is_muted=title.startswith("值班"),
            read_share=0.6,
        )


def _of_pairs(dice: random.Random, company: SampleCompany, viewer: SamplePerson) -> Iterator[Circle]:
    others = [person for person in company.people if person is not viewer]
    colleagues = [person for person in others if person.unit is viewer.unit][:4]
    further = dice.sample([person for person in others if person not in colleagues], PAIRS_OF_VIEWER - len(colleagues))
    for number, other in enumerate([*colleagues, *further]):
        share, draft = 0.9 if other.is_english else 0.0, "那就定在周三下午" if number == 1 else ""
        yield Circle("", [viewer, other], 5, viewer, share, is_direct=True, read_share=0.7, draft=draft)
    for _ in range(OTHER_PAIRS):
        pair = dice.sample(others, 2)
        share = 0.9 if any(person.is_english for person in pair) else 0.0
        yield Circle("", pair, 4, viewer, share, is_direct=True)
