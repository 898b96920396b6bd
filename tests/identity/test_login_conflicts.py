"""Two sites that were cut off from each other gave the same login: the first keeps it, the other is to be renamed."""

from bilin.core.database import reading
from bilin.core.house import port
from bilin.core.ids import PersonId, UnitId
from bilin.core.log import Decision
from bilin.identity.events import AccountCreated
from bilin.identity.imports.units import places_of
from bilin.org import TreeUnit
from bilin.sites import LoginConflict, login_conflicts_here
from tests.identity.office import PASSWORD, Browser, Office


async def conflicts(office: Office) -> list[LoginConflict]:
    async with reading(office.site.pool) as db:
        return list(await port(login_conflicts_here)(db))


async def test_the_account_that_had_the_login_first_keeps_it(office: Office, boss: Browser) -> None:
    first = await office.hire(boss, "李娜", "li.na")
    second = await office.hire(boss, "李楠", "li.nan")
    assert await conflicts(office) == []
    given = AccountCreated(person=office.person(second), login="li.na")
    await office.site.log.append(Decision([given]), PersonId(1))  # as it comes from another site: nobody refused it
    assert await conflicts(office) == [LoginConflict("li.na", (office.person(first), office.person(second)))]
    here = await office.sign_in("li.na", PASSWORD)
    assert (await here.get("/me"))["person"]["id"] == first
    await boss.do("PATCH", f"/org/people/{second}", {"login": "li.nan"})
    assert await conflicts(office) == []
    there = await office.sign_in("li.nan", PASSWORD)
    assert (await there.get("/me"))["person"]["id"] == second


def test_an_import_knows_units_that_came_to_have_the_same_name() -> None:
    top, one, two = UnitId(1), UnitId(2), UnitId(3)
    present = [
        TreeUnit(top, None, "云川", "company"),
        TreeUnit(one, top, "仓库", "team"),
        TreeUnit(two, top, "仓库", "team"),
    ]
    assert places_of(present) == {("云川",): top, ("云川", "仓库"): two}
