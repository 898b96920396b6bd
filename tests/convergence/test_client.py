"""The browser's state + events = what it would fetch afresh, for every event type.

People act at random over HTTP on a real site. Each browser fetched everything at some moment and is sent the frames the
gateway would send it; the reducers of the browser itself (run in Node) make a state of both. It must be what the server
answers to somebody who signs in now. A new event type that clients can see fails here until the browser handles it and
its `ACTIONS` let it happen.
"""

import json
from typing import Any

import pytest

from bilin.core.events import EVENT_TYPES
from tests.convergence.browser import Follower, node
from tests.convergence.company import gather
from tests.identity.office import Office
from tests.support.effort import EFFORT

BEFORE, AFTER, MOST = 120, 260, 1000
SEEDS = range(1, 3 * EFFORT + 1)
FOLLOWERS_ONLY = {
    "identity.account_created",
    "identity.guest_admitted",
    "identity.login_changed",
    "identity.password_set",
    "identity.session_used",
    "sites.kept_back_settled",
    "sites.site_invited",
}
"""Types that no client is ever sent: their audience is empty."""
pytestmark = pytest.mark.xdist_group("client of the convergence")
"""The last test looks at what the others have done."""
seen: set[str] = set()


def _missing(followers: list[Follower]) -> set[str]:
    """The types that a client can see, and that nobody was told of yet."""
    return set(EVENT_TYPES) - FOLLOWERS_ONLY - seen - set().union(*(follower.types for follower in followers))


def comparable(state: dict[str, Any]) -> dict[str, Any]:
    """What must be equal, and needs no further fetch. `people` are compared where both browsers heard of them."""
    assert state["wanted"]["conversations"] == state["wanted"]["messages"] == []
    return {name: state[name] for name in ("conversations", "members", "messages", "preferences", "parts")}


@pytest.mark.parametrize("seed", SEEDS)
async def test_state_plus_events_is_a_fresh_fetch(office: Office, seed: int) -> None:
    crowd = await gather(office, seed)
    for _ in range(BEFORE):
        await crowd.act()
    await office.settle()
    followers = [Follower(office, browser, person) for person, browser in crowd.browsers.items()]
    for follower in followers:
        await follower.start()
    for acted in range(MOST):
        if acted >= AFTER and (seed != SEEDS[-1] or not _missing(followers)):
            break
        await crowd.act()
        await office.settle()
        for follower in followers:
            await follower.catch_up()
    cases = []
    for follower in followers:
        fresh = await follower.fetch()
        cases += [{"initial": follower.initial, "events": follower.steps}, {"initial": fresh, "events": []}]
        seen.update(follower.types)
    lines = "\n".join(json.dumps(case) for case in cases).encode()
    results = [json.loads(line) for line in (await node("tools/replay.ts", given=lines)).splitlines()]
    for follower, followed, fresh in zip(followers, results[::2], results[1::2], strict=True):
        assert "error" not in followed, followed["error"]
        assert comparable(followed) == comparable(fresh), f"browser of {follower.person}"
        known = {person["id"]: person for person in fresh["people"]}
        assert [p for p in followed["people"] if p["id"] in known and p != known[p["id"]]] == []


async def test_the_browser_handles_every_type_it_can_be_sent() -> None:
    handled = set((await node("tools/replay.ts", "--types")).decode().split())
    assert set(EVENT_TYPES) - FOLLOWERS_ONLY - handled == set()
    for name in FOLLOWERS_ONLY:
        assert "topics" in vars(EVENT_TYPES[name].cls), f"{name} must say that nobody sees it"


def test_every_type_a_client_can_see_happened() -> None:
    assert seen, "it looks at what the other tests of this file have done: run the whole file"
    assert _missing([]) == set()
