"""Passwords set while a branch is cut off: afterwards one counts everywhere, and whom it ends is out everywhere."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from websockets.exceptions import ConnectionClosed

from tests.identity.office import PASSWORD, Browser
from tests.sites.company import Company, until
from tests.sites.sockets import gateway_of, live

RESET = "given at headquarters"
CHANGED = "changed at the branch"
OUT = (401, "identity.not_signed_in")


class Traveller:
    """Wang Fang, who is at home at headquarters and works at site 2 at this time."""

    def __init__(self, company: Company, person: str) -> None:
        self.company, self.person = company, person

    async def sign_in(self, number: int, password: str = PASSWORD) -> Browser:
        """Another session of hers at a site."""
        return await self.company[number].office.sign_in("wang.fang", password)

    async def is_refused(self, number: int, password: str) -> bool:
        """Whether a password is a wrong one at a site."""
        browser = await self.company[number].office.browser()
        body = {"login": "wang.fang", "password": password}
        return await browser.refused("POST", "/sessions", body) == (401, "identity.wrong_credentials")

    async def reset(self) -> None:
        """The boss gives her another password, at headquarters."""
        await self.company.boss.do("PATCH", f"/org/people/{self.person}", {"password": RESET})

    @asynccontextmanager
    async def cut(self) -> AsyncIterator[None]:
        """While the line is cut; then all sites hear what they missed."""
        await self.company.settle()
        await self.company.boss.do("POST", "/sites/cut", {"seconds": 3600})
        await until(lambda: not self.company[2].network.is_reachable(1), "the cut goes unnoticed")
        yield
        await self.company.boss.do("DELETE", "/sites/cut")
        await self.company.settle()


@pytest.fixture
async def traveller(two: Company) -> Traveller:
    traveller = Traveller(two, await two.hire("王芳", "wang.fang", two.company))
    await two.settle()
    return traveller


async def test_a_reset_ends_sessions_opened_with_the_old_password_at_a_branch_that_was_cut_off(
    traveller: Traveller,
) -> None:
    before = await traveller.sign_in(2)
    async with traveller.cut():
        await traveller.reset()
        meanwhile = await traveller.sign_in(2)
        assert (await meanwhile.get("/me"))["login"] == "wang.fang"
    for browser in (before, meanwhile):
        assert await browser.refused("GET", "/me") == OUT
    assert await traveller.is_refused(2, PASSWORD)
    again = await traveller.sign_in(2, RESET)
    await again.do("POST", "/me/password", {"old": RESET, "new": CHANGED})
    assert len((await again.get("/sessions"))["sessions"]) == 1


async def test_the_socket_of_such_a_session_is_closed_as_ended(traveller: Traveller) -> None:
    async with gateway_of(traveller.company[2]) as url:
        async with traveller.cut():
            await traveller.reset()
            meanwhile = await traveller.sign_in(2)
            socket = live(url, meanwhile)
            client = await socket.__aenter__()
        with pytest.raises(ConnectionClosed) as closed:
            await client.hear("no such frame")
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4401
        await socket.__aexit__(None, None, None)


async def test_sessions_that_policy_keeps_at_their_site_end_as_well(traveller: Traveller) -> None:
    """Headquarters never hears of them, so nobody there could revoke them."""
    await traveller.company.policy(traveller.company.company, "nothing", ("session",))
    await traveller.company.settle()
    hidden = await traveller.sign_in(2)
    await traveller.company.settle()
    known = "SELECT count(*) FROM identity.session WHERE person = $1"
    assert await traveller.company[1].count(known, int(traveller.person)) == 0
    await traveller.reset()
    await traveller.company.settle()
    assert await hidden.refused("GET", "/me") == OUT


async def test_my_own_change_keeps_me_signed_in_where_i_made_it_and_nowhere_else(traveller: Traveller) -> None:
    async with traveller.cut():
        mine = await traveller.sign_in(1)
        there = await traveller.sign_in(2)
        await mine.do("POST", "/me/password", {"old": PASSWORD, "new": "my new password"})
        late = await traveller.sign_in(2)
    assert (await mine.get("/me"))["login"] == "wang.fang"
    for browser in (there, late):
        assert await browser.refused("GET", "/me") == OUT
    elsewhere = await traveller.company[2].office.browser()
    me = await elsewhere.send("GET", "/me", authorization=f"Bearer {mine.token}")
    assert me.json()["login"] == "wang.fang"


async def test_a_reset_goes_before_a_later_change_of_the_password_it_replaced(traveller: Traveller) -> None:
    """Else whoever knew the old password could undo the reset from a branch that has not heard of it."""
    async with traveller.cut():
        await traveller.reset()
        there = await traveller.sign_in(2)
        await there.do("POST", "/me/password", {"old": PASSWORD, "new": CHANGED})
        later = await traveller.sign_in(2, CHANGED)
    for browser in (there, later):
        assert await browser.refused("GET", "/me") == OUT
    for number in (1, 2):
        assert await traveller.is_refused(number, CHANGED)
        await traveller.sign_in(number, RESET)


async def test_the_password_that_was_given_may_be_changed_at_the_branch(traveller: Traveller) -> None:
    await traveller.reset()
    await traveller.company.settle()
    there = await traveller.sign_in(2, RESET)
    async with traveller.cut():
        await there.do("POST", "/me/password", {"old": RESET, "new": CHANGED})
    assert (await there.get("/me"))["login"] == "wang.fang"
    for number in (1, 2):
        await traveller.sign_in(number, CHANGED)


async def test_all_sites_agree_on_the_password(traveller: Traveller) -> None:
    async with traveller.cut():
        await traveller.reset()
        there = await traveller.sign_in(2)
        await there.do("POST", "/me/password", {"old": PASSWORD, "new": CHANGED})
    rows = "SELECT row(a.*)::text FROM identity.account a WHERE person = $1"
    person = int(traveller.person)
    here, other = [await traveller.company[number].site.pool.fetchval(rows, person) for number in (1, 2)]
    assert here == other


async def test_a_given_password_has_to_be_changed_at_whatever_site_and_once(traveller: Traveller) -> None:
    """Given at headquarters, replaced at a branch that is cut off, known everywhere afterwards."""
    to_choose = (403, "identity.must_change_password")
    await traveller.reset()
    await traveller.company.settle()
    here, there = await traveller.sign_in(1, RESET), await traveller.sign_in(2, RESET)
    async with traveller.cut():
        await there.do("POST", "/me/password", {"old": RESET, "new": CHANGED})
        assert await there.get("/org/units")
        assert await here.refused("GET", "/org/units") == to_choose
        late = await traveller.sign_in(1, RESET)  # headquarters has not heard of it
        assert await late.refused("GET", "/org/units") == to_choose
    for browser in (here, late):
        assert await browser.refused("GET", "/me") == OUT
    for number in (1, 2):
        assert await traveller.is_refused(number, RESET)
        assert await (await traveller.sign_in(number, CHANGED)).get("/org/units")


async def test_given_anew_while_it_is_replaced_at_a_branch_it_has_to_be_changed_again(traveller: Traveller) -> None:
    async with traveller.cut():
        there = await traveller.sign_in(2)
        await there.do("POST", "/me/password", {"old": PASSWORD, "new": CHANGED})
        await traveller.reset()
    for number in (1, 2):
        browser = await traveller.sign_in(number, RESET)
        assert await browser.refused("GET", "/org/units") == (403, "identity.must_change_password")
