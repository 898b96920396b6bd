"""Two events that meet end in the same state in whatever order they come, and every guard in the SQL is needed for it.

Random histories seldom let two events meet at one message, person and field; here all of them do. Then one guard after
the other is taken out of the appliers ("the later id wins", "the first recall counts"): a pair must notice each.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

import pytest

from bilin import messaging
from bilin.core.crypto import Keyring
from bilin.core.database import Pool
from bilin.core.events import APPLIERS
from tests.messaging.histories import ALL_TYPES
from tests.messaging.pairs import VARIANTS, changes, disagreeing, pairs

GUARDED = [
    import_module(each.name)
    for each in walk_packages(messaging.__path__, f"{messaging.__name__}.")
    if ".apply" in each.name and not each.ispkg
]
OWN_ID = r"excluded\.(?P<id>\w+) [<>] \w+\.(?P=id)\b"
GUARDS = (
    (rf"WHERE (\w+\.\w+ IS NULL OR )?{OWN_ID}", "WHERE true"),
    (rf"CASE WHEN {OWN_ID} THEN (?P<then>[\w.]+) ELSE [\w.]+ END", r"\g<then>"),
    (r"CASE WHEN \w+\.recalled_id IS NULL THEN (?P<then>[\w.]+) END", r"\g<then>"),
    (r"(greatest|least)\(\w+\.\w+, (?P<new>excluded\.\w+)\)", r"\g<new>"),
    (r"\w+\.present AND \w+\.changed > excluded\.changed", "false"),
    (r"(?<=, )id DESC\n", "id\n"),
)
"""What a guard looks like, and what is left without it."""
COUNTED = ("read_seq", "began")
"""What speaks of the order of arrival is not the same in every order: `test_reading` and `test_convergence` hold it."""


def _weakened() -> Iterator[tuple[str, ModuleType, str, str]]:
    """Every guard: its name, where it stands, and the statement without it."""
    for module in GUARDED:
        place = module.__name__.rpartition(".")[2]
        for constant, statement in vars(module).items():
            if not (constant.isupper() and isinstance(statement, str)):
                continue
            for pattern, left in GUARDS:
                for found in re.finditer(pattern, statement):
                    if any(counted in found[0] for counted in COUNTED):
                        continue
                    without = statement[: found.start()] + found.expand(left) + statement[found.end() :]
                    yield f"{place}.{constant}: {found[0].strip()}", module, constant, without


WEAKENED = list(_weakened())


@pytest.fixture
async def keys(database: Pool) -> Keyring:
    ring = Keyring(bytes(32))
    async with database.acquire() as db:
        await ring.ensure(db, [(told.key_scope(), 1) for _, told in VARIANTS])
    return ring


def test_every_type_meets_every_other() -> None:
    assert {type(event) for _, event in VARIANTS} == ALL_TYPES


async def test_every_variant_changes_something(database: Pool, keys: Keyring) -> None:
    async with database.acquire() as db:
        assert [told for told in VARIANTS if not await changes(db, keys, told)] == []


async def test_either_order_gives_the_same_state(database: Pool, keys: Keyring) -> None:
    async with database.acquire() as db:
        for first, later in pairs():
            assert await disagreeing(db, keys, first, later) == [], f"{first}, then {later}"


@pytest.mark.mutant
@pytest.mark.parametrize(
    ("module", "constant", "without"), [each[1:] for each in WEAKENED], ids=[each[0] for each in WEAKENED]
)
async def test_every_guard_is_needed(
    database: Pool, keys: Keyring, monkeypatch: pytest.MonkeyPatch, module: ModuleType, constant: str, without: str
) -> None:
    monkeypatch.setattr(module, constant, without)
    types = frozenset(cls for cls, applier in APPLIERS.items() if applier.__module__ == module.__name__)
    async with database.acquire() as db:
        for first, later in pairs(types or None):
            if await disagreeing(db, keys, first, later):
                return
    pytest.fail("nothing notices that this guard is missing")
