"""Who may try a password now: what a flood, a thief or a neighbour uses up, and what nobody can."""

import asyncio
import tracemalloc

import pytest
from structlog.testing import capture_logs

from bilin.core.rate_limit import SHARED
from bilin.core.settings import load_settings
from bilin.identity.outcomes import LINES, Lines
from bilin.identity.outcomes import attempts as counted
from bilin.identity.settings import IdentitySettings
from bilin.identity.sign_in_limits import Refused, SignInLimits
from tests.identity.office import PASSWORD, Browser, Office

RIGHT = {"login": "zhang.wei", "password": PASSWORD}
WRONG = RIGHT | {"password": "wrong wrong"}
NOBODY = {"login": "nobody", "password": "x"}


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def guess(browser: Browser, times: int, body: dict[str, str] = WRONG) -> list[int]:
    return [(await browser.send("POST", "/sessions", body)).status_code for _ in range(times)]


async def test_who_guesses_from_one_network_keeps_nobody_else_out(office: Office, boss: Browser) -> None:
    thief = await office.browser("203.0.113.5")
    assert await guess(thief, 7) == [401] * 5 + [429] * 2
    refused = await thief.send("POST", "/sessions", RIGHT)
    assert (refused.status_code, refused.json()["code"]) == (429, "core.too_many")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    await office.sign_in("zhang.wei", address="198.51.100.7")


async def test_a_blocked_network_uses_up_nothing_of_a_login(office: Office, boss: Browser) -> None:
    thief = await office.browser("203.0.113.5")
    for n in range(8):
        await guess(thief, 1, NOBODY | {"login": f"nobody{n}"})
    assert set(await guess(thief, 50)) == {429}
    assert await guess(await office.browser("203.0.113.6"), 5) == [401] * 5


async def test_a_known_device_gets_in_whatever_happens_elsewhere_or_beside_it(office: Office, boss: Browser) -> None:
    owner = await office.sign_in("zhang.wei", address="192.0.2.2")
    await owner.do("DELETE", "/sessions/current")
    neighbour = await office.browser("192.0.2.2")
    assert set(await guess(neighbour, 6)) == {401, 429}
    await guess(neighbour, 9, NOBODY)
    assert (await neighbour.send("POST", "/sessions", RIGHT)).status_code == 429
    await owner.do("POST", "/sessions", RIGHT)
    assert await guess(owner, 7) == [401] * 5 + [429] * 2, "a stolen device is no way to guess without end"


async def test_a_device_is_known_for_its_logins_alone(office: Office, boss: Browser) -> None:
    await office.hire(boss, "王芳", "wang.fang")
    browser = await office.sign_in("wang.fang", address="192.0.2.2")
    assert await guess(browser, 7) == [401] * 5 + [429] * 2
    (cookie,) = [each for each in browser.client.cookies.jar if each.name.startswith("bilin_device_")]
    assert (cookie.path, cookie.has_nonstandard_attr("HttpOnly")) == ("/api/sessions", True)
    forged = await office.browser("192.0.2.2")
    name, _, proof = str(cookie.value).partition(".")
    forged.client.cookies.set(cookie.name, f"{name}.{proof[::-1]}", path="/api/sessions")
    assert await guess(forged, 1) == [429]


async def test_a_program_is_known_by_what_it_was_given(office: Office, boss: Browser) -> None:
    program = await office.browser("192.0.2.9")
    given = (await program.do("POST", "/sessions", RIGHT | {"bearer": True}))["device_token"]
    await guess(program, 9)
    assert await program.refused("POST", "/sessions", RIGHT) == (429, "core.too_many")
    await program.do("POST", "/sessions", RIGHT | {"bearer": True, "device_token": given})


async def test_whoever_stole_a_session_keeps_its_owner_out_of_nothing(office: Office, boss: Browser) -> None:
    owner = await office.sign_in("zhang.wei")
    guessed = {"old": "wrong wrong", "new": "another horse 电池"}
    answers = [(await boss.send("POST", "/me/password", guessed)).status_code for _ in range(8)]
    assert answers == [403] * 5 + [429] * 3
    await office.sign_in("zhang.wei", address="192.0.2.1")
    assert await owner.do("POST", "/me/password", {"old": PASSWORD, "new": "another horse 电池"})


async def test_a_login_alone_is_slowed_not_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    limits = SignInLimits(IdentitySettings(attempts_per_login_everywhere=30, attempts_window_s=60))
    for n in range(30):
        await limits.admit("a", f"192.0.2.{n}", None)
    assert slept == []
    await limits.admit("a", "198.51.100.1", None)
    await limits.admit("a", "198.51.100.2", None)
    assert slept == [pytest.approx(2, abs=0.1), pytest.approx(4, abs=0.1)]
    with pytest.raises(Refused) as refused:
        await limits.admit("a", "198.51.100.3", None)
    assert refused.value.outcome == "refused_login"
    await limits.admit("a", "198.51.100.3", "device")
    await limits.admit("b", "198.51.100.3", None)


async def test_what_is_refused_is_charged_to_nobody() -> None:
    limits = SignInLimits(IdentitySettings(attempts_per_login=3, attempts_per_address=5))
    for _ in range(3):
        await limits.admit("a", "192.0.2.1", None)
    for _ in range(50):
        with pytest.raises(Refused):
            await limits.admit("a", "192.0.2.1", None)
    await limits.admit("b", "192.0.2.1", None)
    await limits.admit("b", "192.0.2.1", None)
    for _ in range(50):
        with pytest.raises(Refused) as refused:
            await limits.admit("c", "192.0.2.1", None)
        assert refused.value.outcome == "refused_network"
    for _ in range(3):
        await limits.admit("c", "192.0.2.2", None)
    assert limits._per_login.wait_s("c") == 0


async def test_a_flood_of_made_up_logins_is_small_and_evicts_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = SignInLimits(IdentitySettings(attempts_per_login=3))
    for each in (limits._per_network, limits._per_pair, limits._per_login):
        monkeypatch.setattr(each, "_remembered", 2_500)
    for _ in range(3):
        await limits.admit("victim", "203.0.113.1", None)
    tracemalloc.start()
    refused = 0
    for n in range(10_000):
        try:
            await limits.admit(f"made-up {n}", f"2001:db8:{n // 50:x}::1", None)
        except Refused:
            refused += 1  # four of them fell on one common counter
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 5_000_000
    assert refused < 200
    assert len(limits._per_pair._full_at) == 2_500
    assert len(limits._per_pair) <= 2_500 + SHARED
    with pytest.raises(Refused):
        await limits.admit("victim", "203.0.113.1", None)


async def test_failures_are_told_and_counted_without_what_was_typed(
    office: Office, boss: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bilin.identity.outcomes._lines", Lines())  # other tests of this process used lines up
    before = counted.labels("wrong")._value.get(), counted.labels("refused_pair")._value.get()
    browser = await office.browser("203.0.113.5")
    with capture_logs() as said:
        await guess(browser, 6)
        await guess(browser, 1, {"login": "my secret password", "password": "hunter2 hunter2"})
    told = [each for each in said if each["event"] == "identity.sign_in_failed"]
    assert [each["outcome"] for each in told] == ["wrong"] * 5 + ["refused_pair", "wrong"]
    assert str(told[0]["person"]) == office.boss_id
    assert (told[0]["network"], told[0]["known_device"], told[-1]["person"]) == ("203.0.113.5", False, None)
    text = str(said)
    assert "secret" not in text
    assert "hunter2" not in text
    assert WRONG["password"] not in text
    after = counted.labels("wrong")._value.get(), counted.labels("refused_pair")._value.get()
    assert (after[0] - before[0], after[1] - before[1]) == (6, 1)


def test_a_flood_of_attempts_is_no_flood_of_lines() -> None:
    time = Time()
    lines = Lines(time)
    assert sum(lines.take() for _ in range(1_000)) == LINES.burst
    assert lines.left_out == 1_000 - LINES.burst
    time.now = 1.0
    assert lines.take()


def test_the_budget_of_a_login_is_a_setting() -> None:
    given = load_settings({"BILIN_IDENTITY_ATTEMPTS_PER_LOGIN_EVERYWHERE": "7"})
    assert given[IdentitySettings].attempts_per_login_everywhere == 7
