"""What another site decides is decided there, for the person who asks here; and nothing more than that."""

import time
from typing import Any

import msgspec
import pytest

from bilin.identity import local_token
from bilin.sites.forwarding.messages import Forward, Forwarded
from bilin.sites.forwarding.performing import Performer
from tests.identity.office import Browser
from tests.sites.company import Company, until

NOT_AT_HOME = (403, "sites.not_at_home")


class Branch:
    """Shanghai, which is at home at site 2; Li Na manages it there."""

    def __init__(self, company: Company, shanghai: str, li_id: str, li: Browser) -> None:
        self.company, self.shanghai, self.li_id, self.li = company, shanghai, li_id, li

    @property
    def boss(self) -> Browser:
        return self.company.boss

    async def units(self, browser: Browser) -> dict[str, str]:
        """Units by name, as a browser sees them."""
        return {unit["name"]: unit["id"] for unit in (await browser.get("/org/units"))["units"]}

    async def ask_as(self, asker: int, person: str, method: str, path: str, body: bytes = b"{}") -> tuple[int, Any]:
        """What site 2 answers another site."""
        question = Forward(method, path, b"", body, None, int(person), 1)
        answered = await Performer(self.company[2].site).answer(asker, msgspec.msgpack.encode(question))
        answer = msgspec.msgpack.decode(answered, type=Forwarded)
        return answer.status, msgspec.json.decode(answer.body)


@pytest.fixture
async def branch(two: Company) -> Branch:
    shanghai = await two.branch("上海", 2)
    li = await two.hire("李娜", "li.na", shanghai)
    await two.boss.do("POST", "/grants", {"person": li, "role": "org_admin", "unit": shanghai})
    await two.move(shanghai, 2)
    await two.settle()
    return Branch(two, shanghai, li, await two[2].office.sign_in("li.na"))


def site_of(identifier: str) -> int:
    return int(identifier) >> 12 & 1023


async def test_the_owner_decides_and_the_change_is_here_when_the_answer_is(branch: Branch) -> None:
    body = {"parent": branch.shanghai, "name": "仓库", "kind": "department"}
    response = await branch.boss.send("POST", "/org/units", body)
    answer = response.json()
    assert response.status_code == 201, response.text
    assert site_of(answer["id"]) == 2
    page = await branch.boss.get("/org/units")
    assert answer["id"] in {unit["id"] for unit in page["units"]}
    assert answer["pos"] <= page["pos"]
    assert await branch.company.headquarters.count("SELECT pos FROM core.log WHERE id = $1", int(answer["id"]))
    hired = await branch.company.headquarters.office.hire(branch.boss, "王芳", "wang.fang", answer["id"])
    await branch.boss.do("PATCH", f"/org/people/{hired}", {"title": "仓管"})
    assert (await branch.li.get(f"/org/people/{hired}"))["title"] == "仓管"
    await branch.company.settle()  # her password was chosen at headquarters
    there = await branch.company[2].office.sign_in("wang.fang")
    await branch.boss.do("POST", f"/org/people/{hired}/deactivate")
    await until(lambda: _is_signed_out(there), "the session goes on")


async def _is_signed_out(browser: Browser) -> bool:
    return (await browser.send("GET", "/me")).status_code == 401


async def test_who_has_just_joined_is_waited_for(branch: Branch) -> None:
    """Its server starts anew as its site, and has not said its first word: what is changed there is no failure."""
    network = branch.company.headquarters.network
    network.peer_states.pop(2)
    assert not network.is_reachable(2)
    body = {"parent": branch.shanghai, "name": "销售部", "kind": "department"}
    await branch.boss.do("POST", "/org/units", body)
    assert "销售部" in await branch.units(branch.boss)


async def test_what_the_owner_refuses_is_refused_in_its_words(branch: Branch) -> None:
    company = branch.company.company
    assert await branch.li.refused("POST", "/org/units", {"parent": company, "name": "乱", "kind": "team"}) == (
        403,
        "core.forbidden",
    )
    body = {"parent": branch.shanghai, "name": "", "kind": "team"}
    assert await branch.boss.refused("POST", "/org/units", body) == (422, "core.invalid")
    assert await branch.boss.refused("DELETE", f"/org/units/{branch.shanghai}") == (
        409,
        "sites.unit_at_home_elsewhere",
    )


async def test_a_site_changes_its_own_while_the_line_is_cut_and_says_which_other_must_be_reached(
    branch: Branch,
) -> None:
    await branch.company.line.stop()
    unreachable = branch.company.headquarters.network
    await until(lambda: not unreachable.is_reachable(2), "the cut goes unnoticed")
    await until(lambda: not branch.company[2].network.is_reachable(1), "the cut goes unnoticed")
    body = {"parent": branch.shanghai, "name": "财务部", "kind": "department"}
    await branch.li.do("POST", "/org/units", body)
    began = time.monotonic()
    response = await branch.boss.send("POST", "/org/units", body)
    assert time.monotonic() - began < 5, "it asked all the same"
    problem = response.json()
    assert (response.status_code, problem["code"]) == (503, "sites.unreachable")
    assert problem["details"] == {"site": 2, "name": "分公司 2"}
    await branch.company.line.start()
    await branch.company.settle()
    assert "财务部" in await branch.units(branch.boss)


async def test_the_same_key_does_nothing_twice_though_the_answer_was_lost(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = branch.company.headquarters.network
    ask = network.ask
    lost: list[bytes] = []

    async def lose(number: int, payload: bytes, kind: str, timeout_s: float) -> bytes:
        answer = await ask(number, payload, kind, timeout_s)
        if kind == "forward" and not lost:
            lost.append(answer)
            return b"\xc1"
        return answer

    monkeypatch.setattr(network, "ask", lose)
    body = {"parent": branch.shanghai, "name": "仓库", "kind": "department"}
    headers = {"idempotency_key": "once"}
    assert (await branch.boss.send("POST", "/org/units", body, **headers)).status_code == 400
    first = await branch.boss.do("POST", "/org/units", body, **headers)
    again = await branch.boss.do("POST", "/org/units", body, **headers)
    assert first["id"] == again["id"]
    assert lost
    await branch.company.settle()
    assert len([name for name in await branch.units(branch.boss) if name == "仓库"]) == 1


async def test_a_key_belongs_to_its_request_at_the_owner_too(branch: Branch) -> None:
    body = {"parent": branch.shanghai, "name": "仓库", "kind": "department"}
    first = await branch.boss.do("POST", "/org/units", body, idempotency_key="once")
    other = body | {"name": "财务部"}
    reused = await branch.boss.refused("POST", "/org/units", other, idempotency_key="once")
    assert reused == (422, "core.key_reused")
    assert (await branch.boss.do("POST", "/org/units", body, idempotency_key="once"))["id"] == first["id"]
    here = {"parent": branch.company.company, "name": "本部", "kind": "team"}
    kept = await branch.boss.do("POST", "/org/units", here, idempotency_key="here")
    assert await branch.boss.refused("POST", "/org/units", body, idempotency_key="here") == (422, "core.key_reused")
    assert (await branch.boss.do("POST", "/org/units", here, idempotency_key="here"))["id"] == kept["id"]


async def test_a_site_is_believed_of_its_own_people_alone(branch: Branch) -> None:
    boss = branch.company.headquarters.office.boss_id
    abroad = await branch.company[2].office.sign_in("zhang.wei")
    assert await abroad.refused("PATCH", f"/org/people/{boss}", {"title": "总裁"}) == NOT_AT_HOME
    await abroad.do("POST", "/org/units", {"parent": branch.shanghai, "name": "仓库", "kind": "team"})
    visiting = await branch.company.headquarters.office.sign_in("li.na")
    await visiting.do("POST", "/org/units", {"parent": branch.shanghai, "name": "总务", "kind": "team"})
    unit = {"parent": branch.shanghai, "name": "伪", "kind": "team"}
    path, body = "/api/org/units", msgspec.json.encode(unit)
    assert (await branch.ask_as(3, boss, "POST", path, body))[1]["code"] == "sites.not_at_home"
    assert (await branch.ask_as(1, "12345", "POST", path, body))[1]["code"] == "sites.not_at_home"
    assert (await branch.ask_as(1, boss, "POST", path, body))[0] == 201


async def test_the_local_administrator_of_another_site_is_refused(branch: Branch) -> None:
    office = branch.company.headquarters.office
    browser = await office.browser()
    token = {"authorization": f"Bearer {local_token(office.site.settings)}"}
    body = {"parent": branch.shanghai, "name": "仓库", "kind": "team"}
    assert await browser.refused("POST", "/org/units", body, **token) == NOT_AT_HOME
    await browser.do("POST", "/org/units", {**body, "parent": branch.company.company}, **token)


NOT_FORWARDED = (
    ("POST", "/api/sessions", 404),
    ("POST", "/api/setup", 404),
    ("POST", "/api/me/password", 404),
    ("PATCH", "/api/me/preferences", 404),
    ("POST", "/api/conversations", 404),
    ("POST", "/api/org/import", 404),
    ("POST", "/api/nothing", 405),
    ("GET", "/api/org/units", 400),
    ("POST", "/health", 400),
    ("POST", "/api/org/units\r\nx: y", 400),
)


async def test_what_another_site_sends_is_checked(branch: Branch) -> None:
    boss = branch.company.headquarters.office.boss_id
    for method, path, status in NOT_FORWARDED:
        assert (await branch.ask_as(1, boss, method, path))[0] == status, path
    status, problem = await branch.ask_as(1, boss, "PATCH", f"/api/org/people/{boss}", b'{"title": "x"}')
    assert (status, problem["code"], problem["details"]) == (421, "sites.owned_elsewhere", {"site": 1})
    for question in (b"", b"\xc1", b"[]", msgspec.msgpack.encode([1, 2, 3])):
        answered = await Performer(branch.company[2].site).answer(1, question)
        assert msgspec.msgpack.decode(answered, type=Forwarded).status == 400


async def test_sites_homes_and_policies_are_decided_at_the_founding_site(branch: Branch) -> None:
    company, li = branch.company, branch.li
    assert await li.refused("PATCH", "/sites/2", {"name": "沪"}) == (403, "core.forbidden")
    await branch.boss.do("POST", "/grants", {"person": branch.li_id, "role": "admin", "unit": company.company})
    await company.settle()
    changed = await li.do("PATCH", "/sites/2", {"name": "上海", "address": "https://sh.example.com"})
    assert site_of(changed["id"]) == 1
    await until(lambda: company[2].network.roll.sites[2].name == "上海", "the name does not come")
    stock = (await li.do("POST", "/org/units", {"parent": branch.shanghai, "name": "仓库", "kind": "team"}))["id"]
    await company.settle()
    await li.do("PUT", f"/sites/homes/{stock}", {"site": 1})
    await li.do("PUT", f"/sites/policies/{branch.shanghai}", {"leaves": "nothing", "kinds": ["session", "presence"]})
    seen = await li.get("/sites/homes")
    homes = {home["unit"]: (home["site"], home["set"]) for home in seen["homes"]}
    assert homes == {company.company: (1, False), branch.shanghai: (2, True), stock: (1, True)}
    assert seen["policies"] == [{"unit": branch.shanghai, "leaves": "nothing", "kinds": ["session", "presence"]}]
    assert (await li.do("PUT", f"/sites/homes/{stock}", {"site": 1}))["id"] is None
    assert await li.refused("PUT", f"/sites/homes/{stock}", {"site": 9}) == (404, "sites.unknown_site")
    await li.do("PUT", f"/sites/homes/{stock}", {"site": None})
    await li.do("PUT", f"/sites/policies/{branch.shanghai}", {"leaves": "shared", "kinds": []})
    seen = await li.get("/sites/homes")
    assert (seen["policies"], {home["unit"]: home["site"] for home in seen["homes"]}[stock]) == ([], 2)


async def test_a_site_is_revoked_and_retired_but_never_the_founding_one(branch: Branch) -> None:
    boss, company = branch.boss, branch.company
    for verb in ("revoke", "retire"):
        assert await boss.refused("POST", f"/sites/1/{verb}") == (409, "sites.site_fixed")
        assert await boss.refused("POST", f"/sites/9/{verb}") == (404, "sites.unknown_site")
    await boss.do("POST", "/sites/2/revoke")
    assert (await boss.do("POST", "/sites/2/revoke"))["id"] is None
    await until(lambda: company.headquarters.network.roll.state(2) == "revoked", "site 2 goes on")
    body = {"parent": branch.shanghai, "name": "仓库", "kind": "team"}
    assert await boss.refused("POST", "/org/units", body) == (503, "sites.unreachable")
    await boss.do("POST", "/sites/2/retire")
    await boss.do("POST", "/org/units", body)
    assert await boss.refused("PATCH", "/sites/2", {"name": "旧"}) == (404, "sites.unknown_site")


async def test_a_joined_site_founds_no_company(two: Company) -> None:
    body = {"company": "别的", "name": "某人", "login": "x", "password": "correct horse 电池", "locale": "en"}
    browser = await two[2].office.browser()
    assert await browser.refused("POST", "/setup", body) == (409, "sites.founded_elsewhere")
