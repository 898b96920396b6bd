"""Passwords: their cost, how long a wrong answer takes, how often one may guess, and changing them."""

import asyncio
import time
from statistics import median
from threading import current_thread
from typing import ClassVar, Literal

import pytest
from argon2 import PasswordHasher

from bilin.identity.network import network_of
from bilin.identity.passwords import Passwords, generate_password
from bilin.identity.settings import IdentitySettings
from tests.identity.office import PASSWORD, Browser, Office


async def test_too_many_wrong_passwords_from_an_address_have_to_wait(office: Office, boss: Browser) -> None:
    browser = await office.browser("203.0.113.5")
    statuses = [
        (await browser.send("POST", "/sessions", {"login": f"login{n}", "password": "wrong"})).status_code
        for n in range(10)
    ]
    assert statuses == [401] * 8 + [429] * 2
    await office.sign_in("zhang.wei", address="203.0.113.6")


async def test_right_passwords_are_not_counted(office: Office, boss: Browser) -> None:
    for _ in range(12):
        await office.sign_in("zhang.wei")


async def test_guesses_sent_at_once_are_counted_too(office: Office, boss: Browser) -> None:
    browser = await office.browser("198.51.100.1")
    wrong = {"login": "zhang.wei", "password": "wrong wrong"}
    answers = await asyncio.gather(*(browser.send("POST", "/sessions", wrong) for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [401] * 5 + [429] * 15


def test_an_ipv6_host_is_one_network() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:1") != network_of("2001:db8:0:1::1")
    assert network_of("fe80::1%eth0") == network_of("fe80::2%wlan0")
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1") != network_of("192.0.2.2")
    assert network_of("nonsense") == "nonsense"


async def test_an_unknown_login_takes_as_long_as_a_wrong_password() -> None:
    passwords = Passwords(IdentitySettings(hash_memory_kib=8192, hash_passes=2))
    known, (imported,) = await passwords.hash(PASSWORD), await passwords.hash_generated([generate_password()])
    await passwords.verify("warm up", None)
    times: dict[str, list[float]] = {"known": [], "unknown": [], "imported": []}
    for _ in range(9):
        for name, stored in (("known", known), ("unknown", None), ("imported", imported)):
            began = time.process_time()  # of all threads; what else the machine does is not what is compared
            assert not await passwords.verify("wrong", stored)
            times[name].append(time.process_time() - began)
    reference = median(times["known"])
    assert median(times["unknown"]) == pytest.approx(reference, rel=0.5)
    assert median(times["imported"]) == pytest.approx(reference, rel=0.5)


async def test_the_loop_runs_on_while_passwords_are_hashed() -> None:
    passwords = Passwords(IdentitySettings(hash_memory_kib=65_536, hash_passes=3))
    hashing = asyncio.gather(*(passwords.hash(PASSWORD) for _ in range(3)))
    turns = 0
    while not hashing.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert turns > 4, "hashed in the loop, all three are done after a turn or two"
    assert all(each.startswith("$argon2id$v=19$m=65536,t=3,p=1$") for each in await hashing)


async def test_an_outdated_hash_is_made_again_at_sign_in(office: Office, boss: Browser) -> None:
    passwords = office.site.get(Passwords)
    (quick,) = await passwords.hash_generated([PASSWORD])
    stronger = Passwords(IdentitySettings(hash_memory_kib=128, hash_passes=1))
    vars(passwords)["_hasher"] = vars(stronger)["_hasher"]
    await office.sign_in("zhang.wei")
    async with office.site.pool.acquire() as db:
        stored = await db.fetchval("SELECT password FROM identity.account")
    assert "m=128," in stored != quick
    await office.sign_in("zhang.wei")


async def test_changing_my_password_ends_my_other_sessions(office: Office, boss: Browser) -> None:
    other = await office.sign_in("zhang.wei")
    wrong = {"old": "wrong wrong", "new": "a new password"}
    assert await boss.refused("POST", "/me/password", wrong) == (403, "identity.wrong_password")
    weak = {"old": PASSWORD, "new": "short"}
    assert await boss.refused("POST", "/me/password", weak) == (422, "core.invalid")
    assert (await other.get("/me"))["login"] == "zhang.wei"
    await boss.do("POST", "/me/password", {"old": PASSWORD, "new": "a new password"})
    assert await other.refused("GET", "/me") == (401, "identity.not_signed_in")
    assert (await boss.get("/me"))["login"] == "zhang.wei"
    stranger = await office.browser("192.0.2.99")
    old = {"login": "zhang.wei", "password": PASSWORD}
    assert await stranger.refused("POST", "/sessions", old) == (401, "identity.wrong_credentials")
    await office.sign_in("zhang.wei", "a new password")


async def test_a_repeated_password_change_answers_as_the_first(boss: Browser) -> None:
    body = {"old": PASSWORD, "new": "a new password"}
    first = await boss.do("POST", "/me/password", body, idempotency_key="k1")
    assert await boss.do("POST", "/me/password", body, idempotency_key="k1") == first


class Watched(PasswordHasher):
    """Notes in which threads it works."""

    threads: ClassVar[list[str]] = []

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.threads.append(current_thread().name)
        return super().hash(password, salt=salt)

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 (its name there)
        self.threads.append(current_thread().name)
        return super().verify(hash, password)


async def test_passwords_are_hashed_beside_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hash takes as long as a hundred messages."""
    monkeypatch.setattr("bilin.identity.passwords.PasswordHasher", Watched)
    passwords = Passwords(IdentitySettings(hash_memory_kib=64, hash_passes=1))
    stored = await passwords.hash(PASSWORD)
    assert await passwords.verify(PASSWORD, stored)
    assert not await passwords.verify(PASSWORD, None)
    await passwords.hash_generated([generate_password()])
    assert len(Watched.threads) >= 4
    assert all(thread.startswith("password") for thread in Watched.threads)
