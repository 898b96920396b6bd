"""Where units stand, whatever was said of them: nobody is lost, nothing goes round in circles."""

from hypothesis import given
from hypothesis import strategies as st

from bilin.org.tree import Place, Said, places

UNITS = 8
said_of = st.tuples(
    st.integers(0, UNITS + 2),  # moved to; 0: nothing said; beyond UNITS: not here
    st.sampled_from(["branch", "department", "team"]),
    st.booleans(),
    st.booleans(),
)
companies = st.lists(said_of, min_size=UNITS - 1, max_size=UNITS - 1)
orders = st.permutations(range(UNITS))


def company(facts: list[tuple[int, str, bool, bool]]) -> list[Said]:
    """Unit 1 is the company; of the others anything may have been said, each with an id of its own."""
    units = [Said(1, None, 1, "company", True, False)]
    for unit, (moved_to, kind, is_added, is_removed) in enumerate(facts, 2):
        units.append(Said(unit, moved_to or None, 100 - (unit * 7) % 10, kind, is_added, is_removed))
    return units


@given(companies)
def test_every_unit_has_a_place_that_leads_to_the_company(facts: list[tuple[int, str, bool, bool]]) -> None:
    units = company(facts)
    found = places(units)
    assert found.keys() == {unit.id for unit in units}
    for unit, place in found.items():
        seen = set()
        above: int | None = unit
        while above is not None:
            assert above not in seen
            seen.add(above)
            above = found[above].parent
        assert 1 in seen
        parent = found[place.parent] if place.parent else None
        assert place.path == (f"{parent.path}{unit}." if parent else "r.")
        assert found[place.stands].stands == place.stands
        assert found[place.branch].branch == place.branch


@given(companies, orders)
def test_the_order_of_the_rows_makes_no_difference(facts: list[tuple[int, str, bool, bool]], order: list[int]) -> None:
    units = company(facts)
    assert places([units[each] for each in order]) == places(units)


@given(companies)
def test_what_is_there_stands_below_what_is_there(facts: list[tuple[int, str, bool, bool]]) -> None:
    units = {unit.id: unit for unit in company(facts)}
    found = places(units.values())
    for unit, place in found.items():
        is_there = units[unit].is_added and not units[unit].is_removed
        assert (place.stands == unit) == is_there
        if place.parent is not None:
            assert found[place.parent].stands == place.parent


def test_of_moves_that_make_a_circle_the_latest_does_not_hold() -> None:
    units = [
        Said(1, None, 1, "company", True, False),
        Said(2, 3, 20, "branch", True, False),
        Said(3, 2, 30, "team", True, False),
        Said(4, 3, 5, "team", True, False),
    ]
    assert places(units) == {
        1: Place(None, "r.", 1, 1),
        3: Place(1, "r.3.", 1, 3),
        2: Place(3, "r.3.2.", 2, 2),
        4: Place(3, "r.3.4.", 1, 4),
    }


def test_before_the_company_is_known_nothing_has_a_place() -> None:
    assert places([Said(2, 1, 20, "branch", True, False)]) == {}


def test_what_is_below_a_removed_unit_stands_above_it() -> None:
    units = [
        Said(1, None, 1, "company", True, False),
        Said(2, 1, 20, "branch", True, True),
        Said(3, 2, 30, "team", True, False),
    ]
    assert places(units)[3] == Place(1, "r.3.", 1, 3)
    assert places(units)[2] == Place(1, "r.2.", 1, 1)
