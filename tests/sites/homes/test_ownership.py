"""Whose a unit is; and that moves at several sites, cut off from each other, never make a circle."""

import random
from collections.abc import Mapping

import pytest

from bilin.core.database import reading
from bilin.core.events import Event
from bilin.core.ids import UnitId
from bilin.core.log import Decision
from bilin.core.ownership import OwnedElsewhere, Ownership
from bilin.org.tree import Said, places
from bilin.sites import HomeMap
from bilin.sites.homes.events import HomeSet
from bilin.sites.homes.ownership import HomeOwnership, crosses, mover
from bilin.sites.registry.events import SiteAdded, SiteRetired
from tests.identity.office import Browser, Office

SITES = (1, 2, 3)


def of(parents: Mapping[int, int | None], homes: Mapping[int, int]) -> HomeMap:
    tree = {UnitId(unit): None if above is None else UnitId(above) for unit, above in parents.items()}
    return HomeMap(tree, homes, (), {}, {})


class View:
    """What one site knows: the last move of each unit."""

    def __init__(self, parents: Mapping[int, int | None]) -> None:
        self.moves = {unit: (0, above) for unit, above in parents.items()}

    def learn(self, unit: int, event: int, to: int | None) -> None:
        if self.moves[unit][0] < event:
            self.moves[unit] = (event, to)

    @property
    def parents(self) -> dict[int, int | None]:
        return {unit: above for unit, (_, above) in self.moves.items()}

    def is_below(self, unit: int | None, top: int) -> bool:
        for _ in self.moves:
            if unit in (None, top):
                break
            unit = None if unit is None else self.moves[unit][1]
        return unit == top


@pytest.mark.parametrize("seed", range(300))
def test_moves_at_sites_that_are_cut_off_make_no_circle(seed: int) -> None:
    """Homes stay as they are. A move that gives its unit a home may meet moves of sites that do not know of it yet;
    if they make a circle the tree cuts it (tests/org/test_tree.py)."""
    dice = random.Random(seed)  # noqa: S311 (repeatable)
    parents: dict[int, int | None] = {1: None}
    for unit in range(2, 13):
        parents[unit] = dice.randrange(1, unit)
    homes = {unit: dice.choice(SITES) for unit in dice.sample(range(2, 13), 5)}
    views = {site: View(parents) for site in SITES}
    moved = 0
    for event in range(1, 200):
        site, unit, to = dice.choice(SITES), dice.randrange(2, 13), dice.randrange(1, 13)
        view = views[site]
        here = of(view.parents, homes)
        gives_home = unit not in homes and crosses(here, UnitId(unit), UnitId(to))
        if not view.is_below(to, unit) and mover(here, UnitId(unit), UnitId(to)) == site and not gives_home:
            view.learn(unit, event, to)
            moved += 1
        if dice.random() < 0.1:
            for known, (at, above) in views[dice.choice(SITES)].moves.items():
                view.learn(known, at, above)
    assert moved > 5
    merged = View(parents)
    for view in views.values():
        for unit, (event, above) in view.moves.items():
            merged.learn(unit, event, above)
    assert all(merged.is_below(unit, 1) for unit in parents)
    said = [Said(unit, above, event, "team", True, False) for unit, (event, above) in merged.moves.items()]
    assert {unit: place.parent for unit, place in places(said).items()} == merged.parents


async def append(office: Office, *events: Event) -> None:
    await office.site.log.append(Decision(list(events)), None)
    await office.settle()


async def owner(office: Office, unit: str | None) -> int:
    async with reading(office.site.pool) as db:
        try:
            await HomeOwnership(1).require_own(db, None if unit is None else UnitId(int(unit)))
        except OwnedElsewhere as elsewhere:
            return elsewhere.site
    return 1


async def test_without_other_sites_everything_is_own(office: Office, boss: Browser) -> None:
    unit = UnitId(int(await office.unit(boss, "上海")))
    async with reading(office.site.pool) as db:
        for ownership in (Ownership(), HomeOwnership(1), HomeOwnership(7)):
            await ownership.require_own(db, unit)
            await ownership.require_own(db, None)
            await ownership.require_own_unit(db, unit)
            await ownership.allow_removal(db, unit)
            assert list(await ownership.allow_move(db, unit, UnitId(int(office.company)))) == []


async def test_what_is_in_a_unit_belongs_to_its_home_and_the_unit_to_the_one_above(
    office: Office, boss: Browser
) -> None:
    shanghai = await office.unit(boss, "上海")
    sales = await office.unit(boss, "销售", shanghai, "department")
    await append(office, SiteAdded(site=2, name="上海", address=""), HomeSet(unit=UnitId(int(shanghai)), site=2))
    assert [await owner(office, unit) for unit in (None, office.company, shanghai, sales)] == [1, 1, 2, 2]
    async with reading(office.site.pool) as db:
        here, there = HomeOwnership(1), HomeOwnership(2)
        await here.require_own_unit(db, UnitId(int(shanghai)))
        await there.require_own_unit(db, UnitId(int(sales)))
        with pytest.raises(OwnedElsewhere):
            await there.require_own_unit(db, UnitId(int(shanghai)))
        with pytest.raises(OwnedElsewhere):
            await here.require_own_unit(db, UnitId(int(sales)))
    await append(office, SiteRetired(site=2))
    assert await owner(office, sales) == 1


async def test_a_unit_that_moves_to_another_site_keeps_its_people_where_they_are(office: Office, boss: Browser) -> None:
    shanghai = await office.unit(boss, "上海")
    stock = await office.unit(boss, "仓库", kind="department")
    await append(office, SiteAdded(site=2, name="上海", address=""), HomeSet(unit=UnitId(int(shanghai)), site=2))
    await boss.do("PATCH", f"/org/units/{stock}", {"parent": shanghai})
    assert (await owner(office, shanghai), await owner(office, stock)) == (2, 1)
    assert await boss.refused("DELETE", f"/org/units/{stock}") == (409, "sites.unit_at_home_elsewhere")
    await boss.do("PATCH", f"/org/units/{stock}", {"parent": office.company})
    await boss.do("DELETE", f"/org/units/{stock}")


async def test_an_import_leaves_alone_what_another_site_owns(office: Office, boss: Browser) -> None:
    shanghai = await office.unit(boss, "上海")
    await office.hire(boss, "李娜", "li.na", shanghai)
    await append(office, SiteAdded(site=2, name="上海", address=""), HomeSet(unit=UnitId(int(shanghai)), site=2))
    headers = {"content-type": "text/csv", "origin": "http://bilin.test"}

    async def imported(rows: str) -> tuple[int, str]:
        content = f"login,name,unit\n{rows}\n".encode()
        response = await boss.client.post("/api/org/import", content=content, headers=headers)
        return response.status_code, response.json().get("code", "")

    assert await imported("wang.fang,王芳,云川集团/总务") == (200, "")
    assert await imported("zhao.lei,赵磊,云川集团/上海") == (421, "sites.owned_elsewhere")
    assert await imported("li.na,李娜,云川集团/总务") == (421, "sites.owned_elsewhere")
    assert await imported("zhou.jie,周杰,云川集团/上海/新部门") == (421, "sites.owned_elsewhere")


def test_a_company_is_founded_at_the_founding_site_alone() -> None:
    HomeOwnership(1).require_founder()
    with pytest.raises(Exception, match="founded elsewhere"):
        HomeOwnership(2).require_founder()
