"""What a branch says in a later version of the program is judged again once this one understands all of it."""

import json
from collections.abc import Iterator

import msgspec
import pytest

from bilin.core.database import reading
from bilin.core.events import EVENT_TYPES
from bilin.core.ids import COUNTER_BITS, wall_ms
from bilin.core.ids import id_at as smallest_id
from bilin.core.log import Foreign, Intake
from bilin.identity import LOCAL_ADMINISTRATOR
from bilin.org.events import PersonChanged
from tests.sites.company import Company

BRANCH = 2
TYPE = PersonChanged.TYPE


@pytest.fixture
def upgrades() -> Iterator[None]:
    """The program may be another one during the test."""
    yield
    EVENT_TYPES[TYPE.name] = TYPE


def changed(number: int, person: str, title: str) -> Foreign:
    """Somebody's new title, in the next version of the event."""
    identifier = smallest_id(wall_ms()) | BRANCH << COUNTER_BITS | number
    data = json.dumps({"person": person, "title": title}).encode()
    return Foreign(identifier, BRANCH, LOCAL_ADMINISTRATOR, TYPE.name, TYPE.version + 1, data, b"m" * 16)


async def test_what_was_taken_in_by_halves_is_judged_whole(two: Company, upgrades: None) -> None:
    """Of two events that an earlier program let in, the one that is the branch's to say takes effect, the other not."""
    here = two.headquarters
    shanghai = await two.branch("上海", BRANCH)
    theirs, ours = await two.hire("李娜", "li.na", shanghai), await two.hire("王芳", "wang.fang", two.company)
    await two.move(shanghai, BRANCH)
    await two.settle()
    events = [changed(1, theirs, "经理"), changed(2, ours, "经理")]
    await here.site.log.take_in(Intake(events))
    noted = "SELECT count(*) FROM core.unapplied"
    assert await here.count(noted) == 2
    people = [int(theirs), int(ours)]
    await here.site.pool.execute("UPDATE org.person SET title = '', title_id = 0 WHERE id = ANY($1)", people)
    EVENT_TYPES[TYPE.name] = msgspec.structs.replace(TYPE, version=TYPE.version + 1)
    await here.stop()
    await here.start()
    async with reading(here.site.pool) as db:
        rows = await db.fetch("SELECT id, title FROM org.person WHERE id = ANY($1)", people)
    titles = {row["id"]: row["title"] for row in rows}
    assert titles == {int(theirs): "经理", int(ours): ""}
    assert await here.count(noted) == 1
