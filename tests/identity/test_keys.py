"""Idempotency-Key over HTTP: what it is made of, and what it belongs to."""

import pytest

from tests.identity.office import Browser, Office


async def test_a_key_belongs_to_its_request(office: Office, boss: Browser) -> None:
    body = {"parent": office.company, "name": "仓库", "kind": "department"}
    first = await boss.do("POST", "/org/units", body, idempotency_key="k")
    again = await boss.do("POST", "/org/units", dict(reversed(body.items())), idempotency_key="k")
    assert again == first
    reused = (422, "core.key_reused")
    assert await boss.refused("POST", "/org/units", body | {"name": "财务部"}, idempotency_key="k") == reused
    assert await boss.refused("DELETE", f"/org/units/{first['id']}", idempotency_key="k") == reused
    assert await boss.refused("POST", "/org/units", body | {"name": ""}, idempotency_key="k") == reused
    assert [unit["name"] for unit in (await boss.get("/org/units"))["units"]] == ["云川集团", "仓库"]


async def test_two_people_may_have_the_same_key(office: Office, boss: Browser) -> None:
    await office.hire(boss, "王芳", "wang.fang")
    other = await office.sign_in("wang.fang")
    await boss.do("PATCH", "/me/preferences", {"theme": "dark"}, idempotency_key="k")
    assert (await other.do("PATCH", "/me/preferences", {"theme": "light"}, idempotency_key="k"))["id"]


@pytest.mark.parametrize("key", ["", "x" * 65, "钥匙", "clé", "a\tb", "a\x7f"])
async def test_a_key_that_could_not_be_forwarded_is_refused_here_too(boss: Browser, key: str) -> None:
    response = await boss.client.request(
        "PATCH",
        "/api/me/preferences",
        json={"theme": "dark"},
        headers={b"origin": b"http://bilin.test", b"idempotency-key": key.encode()},
    )
    assert (response.status_code, response.json()["code"]) == (422, "core.invalid")
    assert "Idempotency-Key" in response.json()["details"]["fields"]


async def test_a_password_is_not_in_what_is_kept_of_a_request(office: Office, boss: Browser) -> None:
    """What lies beside the key tells nothing without the master key, and nothing in words."""
    body = {"name": "王芳", "login": "wang.fang", "password": "correct horse", "unit": office.company}
    await boss.do("POST", "/org/people", body, idempotency_key="k")
    kept = await office.site.pool.fetchval("SELECT command FROM core.log WHERE key = 'k'")
    assert len(kept) == 18
