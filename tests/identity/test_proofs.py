"""A session lives with the password it was opened with: which password counts, and who it ends, whatever came first."""

import asyncio
import random

import pytest

from bilin.core.database import Pool
from bilin.core.events import Event, Recorded
from bilin.core.ids import HybridClock, Id, PersonId, SessionId
from bilin.core.log import Decision
from bilin.identity.authentication import Sessions, living_sessions
from bilin.identity.events import PasswordSet, SessionOpened
from bilin.identity.passwords import Passwords
from bilin.identity.settings import IdentitySettings
from tests.identity.office import PASSWORD, Browser, Office
from tests.identity.test_apply import rows_after

PERSON = PersonId(1)


class Past:
    """Passwords and sessions of a person, each with an id that its place in time gives."""

    def __init__(self) -> None:
        self._clock = HybridClock(1)
        self.records: list[Recorded[Event]] = []

    def give(self, text: str, **more: Id | SessionId | bool | None) -> Id:
        """A password; its id."""
        return self._note(PasswordSet(person=PERSON, hash=text, **more))  # type: ignore[arg-type]

    def open(self, password: Id | None = None, reset: Id | None = None) -> SessionId:
        """A session opened with it; of version 1 when it is not said."""
        session = SessionId(self._clock.next())
        opened = SessionOpened(
            session=session,
            person=PERSON,
            device="d",
            address="a",
            token_sha256=f"{session:064x}",
            password=password,
            reset=reset or password,
        )
        self._note(opened)
        return session

    async def comes_to(self, pool: Pool) -> tuple[str, set[SessionId]]:
        """The password that counts and the sessions that live: the same in every order."""
        dice = random.Random(len(self.records))  # noqa: S311 (repeatable)
        shuffled = [dice.sample(self.records, len(self.records)) for _ in range(12)]
        outcomes: list[tuple[str, set[SessionId]]] = []
        for order in (self.records, self.records[::-1], *shuffled):
            cut = dice.randrange(len(order))
            await rows_after(pool, [order[:cut], *([record] for record in order[cut:])])
            living = await living_sessions(_Site(pool), PERSON)  # type: ignore[arg-type]
            outcomes.append((await pool.fetchval("SELECT password FROM identity.account"), set(living)))
        assert all(outcome == outcomes[0] for outcome in outcomes)
        return outcomes[0]

    def _note(self, event: Event) -> Id:
        identifier = Id(self._clock.next())
        self.records.append(Recorded(len(self.records) + 1, identifier, 1, PERSON, None, event))
        return identifier


class _Site:
    """As much of a site as a read needs."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool


async def test_a_reset_ends_what_was_opened_with_the_old_password_even_later(database: Pool) -> None:
    past = Past()
    first = past.give("first", keeps=None)
    past.open(first)
    reset = past.give("reset", keeps=None)
    past.open(first)
    new = past.open(reset)
    assert await past.comes_to(database) == ("reset", {new})


async def test_my_own_change_keeps_the_session_in_which_i_made_it(database: Pool) -> None:
    past = Past()
    first = past.give("first", keeps=None)
    mine = past.open(first)
    past.open(first)
    second = past.give("second", reset=first, keeps=mine)
    new = past.open(second, first)
    past.give("third", reset=first, keeps=mine)
    assert await past.comes_to(database) == ("third", {mine})
    assert new > mine


async def test_a_reset_goes_before_what_was_made_of_the_password_it_replaced(database: Pool) -> None:
    past = Past()
    first = past.give("first", keeps=None)
    mine = past.open(first)
    past.give("reset", keeps=None)
    changed = past.give("changed at a branch that was cut off", reset=first, keeps=mine)
    past.open(changed, first)
    assert await past.comes_to(database) == ("reset", set())


async def test_what_was_made_of_the_reset_password_counts(database: Pool) -> None:
    past = Past()
    first = past.give("first", keeps=None)
    reset = past.give("reset", keeps=None)
    mine = past.open(reset)
    past.give("elsewhere", reset=first, keeps=None)
    past.give("mine", reset=reset, keeps=mine)
    assert await past.comes_to(database) == ("mine", {mine})


async def test_the_later_of_two_changes_counts(database: Pool) -> None:
    past = Past()
    first = past.give("first", keeps=None)
    here, there = past.open(first), past.open(first)
    past.give("here", reset=first, keeps=here)
    past.give("there", reset=first, keeps=there)
    assert await past.comes_to(database) == ("there", {there})


async def test_hashing_again_ends_nothing_and_undoes_no_other_password(database: Pool) -> None:
    past = Past()
    first = past.give("quick", keeps=None)
    old = past.open(first)
    past.give("slow", reset=first, again=first)
    new = past.open(first)
    assert await past.comes_to(database) == ("slow", {old, new})
    changed = past.give("changed", reset=first, keeps=new)
    past.give("slower", reset=first, again=first)
    assert changed
    assert await past.comes_to(database) == ("changed", {new})


async def test_events_of_version_1_end_nothing_by_themselves(database: Pool) -> None:
    past = Past()
    past.give("first")
    old = past.open()
    past.give("second")
    other = past.open()
    assert await past.comes_to(database) == ("second", {old, other})
    past.give("reset", keeps=None)
    after = past.open()
    assert await past.comes_to(database) == ("reset", {after})


async def test_no_password_is_later_than_its_own_event(database: Pool) -> None:
    """Who takes over a branch's server must not be able to set one that nobody can replace."""
    past = Past()
    forever = Id((1 << 63) - 1)
    past.give("forged", reset=forever, again=forever, keeps=None)
    past.give("reset", keeps=None)
    assert await past.comes_to(database) == ("reset", set())


async def sign_in_again(office: Office) -> Browser:
    """Another session of the boss."""
    return await office.sign_in("zhang.wei")


async def test_memory_forgets_sessions_that_a_password_from_elsewhere_ends(office: Office, boss: Browser) -> None:
    other, person = await sign_in_again(office), office.person(office.boss_id)
    mine = SessionId(int((await boss.get("/me"))["session"]))
    assert (await other.get("/me"))["login"] == "zhang.wei"
    hashed = await office.site.get(Passwords).hash("another password")
    await office.site.log.append(Decision([PasswordSet(person=person, hash=hashed, keeps=mine)]), None)
    await office.settle()
    assert await other.refused("GET", "/me") == (401, "identity.not_signed_in")
    (left,) = (await boss.get("/sessions"))["sessions"]
    assert left["current"]
    assert not [each for each in office.site.get(Sessions)._live.values() if each.actor.session != mine]


async def test_sessions_ended_by_a_password_are_listed_no_more_and_cannot_be_revoked(
    office: Office, boss: Browser
) -> None:
    other, person = await sign_in_again(office), office.person(office.boss_id)
    ended = (await other.get("/me"))["session"]
    mine = SessionId(int((await boss.get("/me"))["session"]))
    await office.site.log.append(Decision([PasswordSet(person=person, hash="x", keeps=mine)]), None)
    await office.settle()
    assert ended not in [each["id"] for each in (await boss.get("/sessions"))["sessions"]]
    assert await boss.refused("DELETE", f"/sessions/{ended}") == (404, "identity.session_not_found")


async def test_a_sign_in_whose_password_is_replaced_at_this_moment_opens_nothing(
    office: Office, boss: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old password was right when it was checked; the reset is committed before the session is."""
    li = await office.hire(boss, "李娜", "li.na")
    passwords = office.site.get(Passwords)
    verify = passwords.verify

    async def verify_then_reset(password: str, stored: str | None) -> bool:
        is_right = await verify(password, stored)
        monkeypatch.undo()
        await boss.do("PATCH", f"/org/people/{li}", {"password": "given by the boss"})
        return is_right

    monkeypatch.setattr(passwords, "verify", verify_then_reset)
    late = await office.browser()
    response = await late.send("POST", "/sessions", {"login": "li.na", "password": PASSWORD})
    assert (response.status_code, response.json()["code"]) == (409, "core.stale")
    assert not await living_sessions(office.site, office.person(li))
    await office.sign_in("li.na", "given by the boss")


async def test_many_sign_ins_beside_a_reset_leave_none_with_the_old_password(office: Office, boss: Browser) -> None:
    li = await office.hire(boss, "李娜", "li.na")

    async def try_old(number: int) -> Browser | None:
        browser = await office.browser(f"192.0.2.{number}")
        response = await browser.send("POST", "/sessions", {"login": "li.na", "password": PASSWORD})
        return browser if response.status_code == 201 else None

    async def reset() -> None:
        await asyncio.sleep(0.01)
        while (await boss.send("PATCH", f"/org/people/{li}", {"password": "given by the boss"})).status_code != 200:
            pass

    *opened, _ = await asyncio.gather(*(try_old(number) for number in range(10, 14)), reset())
    await office.settle()
    for browser in opened:
        if browser is not None:
            assert await browser.refused("GET", "/me") == (401, "identity.not_signed_in")
    assert not await living_sessions(office.site, office.person(li))


async def test_a_hash_made_again_at_sign_in_leaves_other_sessions_alone(office: Office, boss: Browser) -> None:
    passwords = office.site.get(Passwords)
    (quick,) = await passwords.hash_generated([PASSWORD])
    person = office.person(office.boss_id)
    mine = SessionId(int((await boss.get("/me"))["session"]))
    await office.site.log.append(Decision([PasswordSet(person=person, hash=quick, keeps=mine)]), None)
    stronger = Passwords(IdentitySettings(hash_memory_kib=128, hash_passes=1))
    vars(passwords)["_hasher"] = vars(stronger)["_hasher"]
    await sign_in_again(office)
    await office.settle()
    async with office.site.pool.acquire() as db:
        assert "m=128," in await db.fetchval("SELECT password FROM identity.account")
    assert (await boss.get("/me"))["session"] == str(mine)
    assert len((await boss.get("/sessions"))["sessions"]) == 2
