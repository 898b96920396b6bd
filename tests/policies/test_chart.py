"""What counts where: the nearest unit, what a unit above fixed, roles before posts before everybody."""

import pytest

from bilin.core.ids import Id, PersonId, UnitId
from bilin.core.policies import Value
from bilin.policies.chart import Chart
from bilin.policies.model import PolicySaid

RECALL = "messaging.recall_window_s"
COMPANY, SHANGHAI, SALES, SHENZHEN = (UnitId(number) for number in (1, 2, 3, 4))
PARENTS = {COMPANY: None, SHANGHAI: COMPANY, SALES: SHANGHAI, SHENZHEN: COMPANY}


def said(at: int, unit: UnitId, value: Value | None, subject: str = "", *, locked: bool = False) -> PolicySaid:
    return PolicySaid(Id(at), unit, subject, value, locked, "", PersonId(9))


def chart(*sayings: PolicySaid, policy: str = RECALL) -> Chart:
    found = Chart(PARENTS)
    for each in sayings:
        found.hear(policy, each)
    return found


def value(of: Chart, unit: UnitId | None, *subjects: str) -> Value | None:
    counts = of.counting(RECALL, unit, subjects)
    return None if counts is None else counts.value


def test_the_nearest_unit_counts_and_those_beside_it_do_not() -> None:
    of = chart(said(10, COMPANY, 100), said(11, SHANGHAI, 60))
    assert [value(of, unit) for unit in (COMPANY, SHANGHAI, SALES, SHENZHEN)] == [100, 60, 60, 100]
    assert value(chart(), SALES) is None
    assert value(of, UnitId(77)) is None, "of a unit that is not here nothing was said"


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (0, 2, 1)])
def test_the_latest_event_counts_in_whatever_order_they_come(order: tuple[int, ...]) -> None:
    events = [said(10, SHANGHAI, 60), said(11, SHANGHAI, None), said(12, SHANGHAI, 30)]
    assert value(chart(*(events[at] for at in order)), SHANGHAI) == 30
    reset = [*events[:2], said(9, SHANGHAI, 5)]
    assert value(chart(*(reset[at] for at in order)), SHANGHAI) is None


def test_what_a_unit_above_fixed_holds_below_until_it_lets_go() -> None:
    of = chart(said(10, COMPANY, 100, locked=True), said(11, SHANGHAI, 60, locked=True), said(12, SALES, 30))
    assert [value(of, unit) for unit in PARENTS] == [100, 100, 100, 100]
    assert (of.locking(RECALL, SALES), of.locking(RECALL, COMPANY)) == (said(10, COMPANY, 100, locked=True), None)
    of.hear(RECALL, said(13, COMPANY, 100))
    assert [value(of, unit) for unit in PARENTS] == [100, 60, 60, 100], "now Shanghai's is the topmost"


def test_a_role_goes_before_a_post_and_both_before_everybody() -> None:
    of = chart(
        said(10, SHANGHAI, 60),
        said(12, SHANGHAI, 50, "post:主管"),
        said(13, SHANGHAI, 45, "post:经理"),
        said(11, SHANGHAI, 40, "role:admin"),
    )
    assert value(of, SALES) == 60
    assert value(of, SALES, "post:主管") == 50
    assert value(of, SALES, "post:主管", "post:经理") == 45, "the one that was set last"
    assert value(of, SALES, "post:经理", "role:admin") == 40
    of.hear(RECALL, said(14, SALES, 10))
    assert value(of, SALES, "role:admin") == 10, "the nearer unit counts, whatever one above says of some"


def test_a_value_that_this_program_cannot_have_is_as_if_nobody_had_said_it() -> None:
    of = chart(said(10, COMPANY, 100), said(11, SHANGHAI, -5), said(12, SHENZHEN, "soon"), said(13, SALES, True))
    assert [value(of, unit) for unit in PARENTS] == [100, 100, 100, 100]
    assert chart(said(10, COMPANY, 1), policy="tomorrow.what").counting("tomorrow.what", COMPANY) is None


def test_every_step_says_what_became_of_it() -> None:
    of = chart(said(10, COMPANY, 100), said(11, SHANGHAI, 60), said(12, SHANGHAI, 40, "role:admin"), said(13, SALES, 9))
    assert [(step.said.value, step.state) for step in of.steps(RECALL, SALES)] == [
        (100, "replaced"),
        (60, "replaced"),
        (40, "for_others"),
        (9, "counts"),
    ]
    of.hear(RECALL, said(14, COMPANY, 100, locked=True))
    assert [step.state for step in of.steps(RECALL, SALES, ["role:admin"])] == [
        "counts",
        "locked_out",
        "locked_out",
        "locked_out",
    ]


def test_a_circle_of_units_ends() -> None:
    of = Chart({SHANGHAI: SALES, SALES: SHANGHAI})
    of.hear(RECALL, said(10, SALES, 5))
    assert value(of, SHANGHAI) == 5
    assert of.below(SHANGHAI) == {SHANGHAI, SALES}


def test_what_would_be_leaves_what_is() -> None:
    of = chart(said(10, COMPANY, 100))
    assert value(of.with_said(RECALL, said(11, SHANGHAI, 60)), SALES) == 60
    assert value(of, SALES) == 100
