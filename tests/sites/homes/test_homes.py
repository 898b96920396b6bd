"""Homes and policies as rules on the tree of units."""

from bilin.core.database import Pool, snapshot
from bilin.core.ids import PersonId, UnitId
from bilin.sites.homes.home_map import HomeMap, Homes
from tests.sites.company import Company

TOP, EAST, SHANGHAI, SALES, LOST = (UnitId(number) for number in (1, 2, 3, 4, 9))
BOSS, LI, NOBODY = (PersonId(number) for number in (11, 12, 13))


def a_map(**changes: object) -> HomeMap:
    given: dict[str, object] = {
        "parents": {TOP: None, EAST: TOP, SHANGHAI: EAST, SALES: SHANGHAI},
        "homes": {EAST: 2, SALES: 5},
        "retired": (),
        "policies": {},
        "people": {BOSS: TOP, LI: SALES},
        **changes,
    }
    return HomeMap(**given)  # type: ignore[arg-type]


def test_a_unit_is_at_home_where_the_nearest_one_above_is() -> None:
    homes = a_map()
    assert [homes.of_unit(unit) for unit in (TOP, EAST, SHANGHAI, SALES)] == [1, 2, 2, 5]
    assert homes.of_person(LI) == 5
    assert homes.sites_of([BOSS, LI]) == {1, 5}
    assert homes.at_home(5) == [LI]


def test_what_nobody_knows_is_at_home_at_the_founding_site() -> None:
    homes = a_map()
    assert homes.of_unit(None) == homes.of_unit(LOST) == homes.of_person(NOBODY) == 1


def test_a_retired_site_counts_as_the_founding_one() -> None:
    """Not as that of the unit above: its people were promised the founding site."""
    homes = a_map(retired={5})
    assert homes.of_unit(SALES) == 1
    assert homes.of_unit(SHANGHAI) == 2


def test_a_circle_of_units_ends() -> None:
    homes = a_map(parents={EAST: SHANGHAI, SHANGHAI: EAST, SALES: SHANGHAI}, homes={})
    assert homes.of_unit(SALES) == 1


def test_a_policy_holds_below_its_unit_for_the_kinds_it_names() -> None:
    homes = a_map(policies={TOP: ("everything", ("conversation",)), SHANGHAI: ("nothing", ("session",))})
    assert homes.leaves(LI, "conversation") == "everything"
    assert homes.leaves(LI, "session") == "nothing"
    assert homes.leaves(LI, "presence") == homes.leaves(BOSS, "session") == "shared"
    assert homes.said_by("nothing", "session") == [LI]
    assert homes.said_by("nothing", "conversation") == []


def test_what_is_below_units_or_below_what_a_site_is_home_to() -> None:
    homes = a_map()
    assert homes.units_below([EAST], []) == {EAST, SHANGHAI, SALES}
    assert homes.units_below([], [5]) == {SALES}
    assert homes.units_below([TOP], []) == {TOP, EAST, SHANGHAI, SALES}
    assert homes.units_below([LOST], []) == {LOST}, "what is not known may have people all the same"
    assert homes.units_below([], []) == set()


async def test_what_is_remembered_is_exact_for_the_snapshot_that_asks(two: Company) -> None:
    pool: Pool = two[1].site.pool
    shanghai = await two.branch("上海", 2)
    homes = Homes(pool)
    await homes.start()
    unit = UnitId(int(shanghai))
    async with snapshot(pool) as (old, old_pos):
        await two.move(shanghai, 2)
        async with snapshot(pool) as (new, new_pos):
            assert (await homes.as_of(new, new_pos)).of_unit(unit) == 2
            assert (await homes.as_of(old, old_pos)).of_unit(unit) == 1
            assert homes.now.of_unit(unit) == 2, "an older look must not be remembered"
