"""Which conversations a stretch of the log opens for another site: enough, and not everything each time."""

import pytest

from bilin.core.ids import PersonId, UnitId
from bilin.org import PersonChanged, Post
from bilin.sites.homes.home_map import Homes
from bilin.sites.replication.feed.log_outlet import LogOutlet
from bilin.sites.replication.feed.selecting import Selection
from tests.sites.company import Company, group


class Branch:
    """Two people in Shanghai and one at headquarters, in groups; and how headquarters feeds site 2."""

    def __init__(self, company: Company) -> None:
        self.company = company
        site = company[1].site
        self.outlet = LogOutlet(site.pool, site.keys, 1, Homes(site.pool), site.clock)

    async def opened(self, after: int) -> list[int]:
        """What the log opened for site 2 after a position."""
        read = await self.outlet.read(2, 1, 0, after, 1000, 1_000_000)
        return list(read.opened)

    async def put(self, person: str, unit: str) -> None:
        """A person works in another unit from now on."""
        place = UnitId(int(unit))
        changed = PersonChanged(person=PersonId(int(person)), unit=place, units=(Post(place, "", True),))
        await self.company[1].append(changed)


@pytest.fixture
async def branch(two: Company) -> Branch:
    return Branch(two)


async def test_a_member_who_is_added_opens_the_conversation_once(branch: Branch) -> None:
    company = branch.company
    shanghai = await company.branch("上海", 2)
    li, lin = [await company.hire(name, name, shanghai) for name in ("li", "lin")]
    wang = await company.hire("wang", "wang", company.company)
    await company.move(shanghai, 2)
    here = await group(company.boss, "总部", wang)
    at = (await company[1].position()).pos
    path = f"/conversations/{here}/members"
    await company.boss.do("POST", path, {"people": [li]})
    assert await branch.opened(at) == [int(here)]
    at = (await company[1].position()).pos
    await company.boss.do("POST", path, {"people": [lin]})
    assert await branch.opened(at) == [], "a member there had given it already"


async def test_somebody_who_moves_to_the_site_opens_their_conversations(branch: Branch) -> None:
    company = branch.company
    shanghai = await company.branch("上海", 2)
    wang = await company.hire("wang", "wang", company.company)
    await company.move(shanghai, 2)
    here = await group(company.boss, "总部", wang)
    await group(company.boss, "与他无关")
    at = (await company[1].position()).pos
    await branch.put(wang, shanghai)
    assert await branch.opened(at) == [int(here)]


async def test_somebody_who_moves_within_headquarters_opens_nothing(branch: Branch) -> None:
    company = branch.company
    shanghai, office = await company.branch("上海", 2), await company.branch("办公室", 1)
    li = await company.hire("li", "li", shanghai)
    wang = await company.hire("wang", "wang", company.company)
    await company.move(shanghai, 2)
    await group(company.boss, "两地", wang, li)
    at = (await company[1].position()).pos
    await branch.put(wang, office)
    assert await branch.opened(at) == []


async def test_a_home_that_moves_opens_what_its_people_are_in(branch: Branch) -> None:
    company = branch.company
    shanghai = await company.branch("上海", 2)
    li = await company.hire("li", "li", shanghai)
    here = await group(company.boss, "总部", li)
    at = (await company[1].position()).pos
    await company.move(shanghai, 2)
    assert await branch.opened(at) == [int(here)]


async def test_very_many_people_open_the_list(branch: Branch) -> None:
    company, site = branch.company, branch.company[1].site
    selection = Selection(1, max_people=2)
    branch.outlet = LogOutlet(site.pool, site.keys, 1, Homes(site.pool), site.clock, selection)
    shanghai = await company.branch("上海", 2)
    for name in ("li", "lin", "liu"):
        await company.hire(name, name, shanghai)
    at = (await company[1].position()).pos
    await company.move(shanghai, 2)
    assert await branch.opened(at) == [0]


async def test_of_two_members_added_one_after_the_other_neither_is_left_to_the_other(branch: Branch) -> None:
    company = branch.company
    shanghai = await company.branch("上海", 2)
    li, lin = [await company.hire(name, name, shanghai) for name in ("li", "lin")]
    wang = await company.hire("wang", "wang", company.company)
    await company.move(shanghai, 2)
    here = await group(company.boss, "总部", wang)
    at = (await company[1].position()).pos
    for person in (li, lin):
        await company.boss.do("POST", f"/conversations/{here}/members", {"people": [person]})
    first = await branch.outlet.read(2, 1, 0, at, 1, 1_000_000)
    assert first.through < first.head
    assert list(first.opened) == [int(here)]


async def test_who_moves_after_leaving_opens_who_is_in_it_to_the_new_home(branch: Branch) -> None:
    """Their old home, which has not heard yet that they left, gives what it has of the conversation to the new one:
    there they would be in it for good, and be shown it."""
    company = branch.company
    shanghai = await company.branch("上海", 2)
    wang = await company.hire("wang", "wang", company.company)
    await company.move(shanghai, 2)
    here = await group(company.boss, "总部", wang)
    await company.boss.do("DELETE", f"/conversations/{here}/members/{wang}")
    at = (await company[1].position()).pos
    await branch.put(wang, shanghai)
    assert await branch.opened(at) == [int(here)]
    assert list(await branch.outlet.scopes_for(2, 1, -(1 << 62), 10)) == [int(here)]
    read = await branch.outlet.read(2, 1, int(here), 0, 100, 100_000)
    assert [event.type.rpartition(".")[2] for event in read.events] == ["conversation_created", "member_removed"]


async def test_whose_unit_moves_after_they_left_it_opens_who_is_in_it(branch: Branch) -> None:
    """The unit's new home counts as one of theirs from then on, and hears who comes and goes."""
    company = branch.company
    shanghai = await company.branch("上海", 1)
    wang = await company.hire("wang", "wang", shanghai)
    here = await group(company.boss, "总部", wang)
    await branch.put(wang, company.company)
    at = (await company[1].position()).pos
    await company.move(shanghai, 2)
    assert await branch.opened(at) == [int(here)]
