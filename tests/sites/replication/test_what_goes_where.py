"""What leaves a site and where to: by who is in a conversation, by policy, by kind; and what comes later."""

from typing import Any

import pytest

from bilin.core.ids import PersonId
from bilin.sites.homes.home_map import read_homes
from tests.sites.company import Company, Server, group, history, say, texts, until

OWN = "SELECT count(*) FROM core.log WHERE type IN ('messaging.star_set', 'messaging.draft_set')"
IN_SCOPE = "SELECT count(*) FROM core.log WHERE scope = $1 AND type = 'messaging.message_sent'"


class Offices:
    """Headquarters (1), Shanghai (2) and Shenzhen (3) with their people."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.units: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self.browsers: dict[str, Any] = {"boss": company.boss}

    async def fill(self) -> None:
        """Everybody is hired, then the branches move to their sites, then everybody signs in there."""
        for name, at in (("上海", 2), ("深圳", 3)):
            self.units[name] = await self.company.branch(name, at)
        people = {"wang": self.company.company, "li": "上海", "lin": "上海", "zhao": "深圳"}
        for login, unit in people.items():
            self.ids[login] = await self.company.hire(login, login, self.units.get(unit, unit))
        await self.company.move(self.units["上海"], 2)
        await self.company.move(self.units["深圳"], 3)
        await self.company.settle()
        for login, number in (("wang", 1), ("li", 2), ("lin", 2), ("zhao", 3)):
            self.browsers[login] = await self.company[number].office.sign_in(login)

    async def has(self, number: int, conversation: str) -> int:
        """How many messages of a conversation are in a site's log."""
        return await self.company[number].count(IN_SCOPE, int(conversation))

    async def same(self, conversation: str, *logins: str) -> list[str]:
        """What was said, once all of them see the same."""
        await self.company.settle()
        seen = [await history(self.browsers[login], conversation) for login in logins]
        assert all(each == seen[0] for each in seen)
        return texts(seen[0])


@pytest.fixture
async def offices(three: Company) -> Offices:
    offices = Offices(three)
    await offices.fill()
    return offices


async def test_a_conversation_goes_where_its_members_are_at_home(offices: Offices) -> None:
    ids, browsers = offices.ids, offices.browsers
    at_home = await group(browsers["li"], "上海的事", ids["lin"])
    shared = await group(browsers["li"], "两地", ids["zhao"])
    await offices.company.settle()
    await say(browsers["lin"], at_home, "只有我们")
    await say(browsers["zhao"], shared, "收到")
    await say(browsers["li"], shared, "好")
    assert set(await offices.same(shared, "li", "zhao")) == {"收到", "好"}
    assert [await offices.has(number, at_home) for number in (1, 2, 3)] == [0, 1, 0]
    assert [await offices.has(number, shared) for number in (1, 2, 3)] == [0, 2, 2]


async def test_somebody_who_is_added_finds_the_whole_history(offices: Offices) -> None:
    ids, browsers = offices.ids, offices.browsers
    shared = await group(browsers["li"], "两地", ids["zhao"])
    await offices.company.settle()
    for number in range(30):
        await say(browsers["li"], shared, f"上海 {number}")
        await say(browsers["zhao"], shared, f"深圳 {number}")
    await offices.company.settle()
    assert await offices.has(1, shared) == 0
    await browsers["zhao"].do("POST", f"/conversations/{shared}/members", {"people": [ids["wang"]]})
    await say(browsers["li"], shared, "欢迎")
    await until(lambda: _sees(offices, shared, 61), "the history did not come")
    assert len(await offices.same(shared, "li", "zhao", "wang")) == 61


async def _sees(offices: Offices, conversation: str, count: int) -> bool:
    return await offices.has(1, conversation) == count


async def test_somebody_who_was_removed_learns_it_and_hears_no_more(offices: Offices) -> None:
    ids, browsers = offices.ids, offices.browsers
    shared = await group(browsers["li"], "两地", ids["zhao"], ids["lin"])
    await offices.company.settle()
    await say(browsers["li"], shared, "还在")
    await offices.same(shared, "li", "zhao")
    await browsers["li"].do("DELETE", f"/conversations/{shared}/members/{ids['zhao']}")
    await say(browsers["li"], shared, "不在了")
    await offices.company.settle()
    assert await offices.has(3, shared) == 1
    refused = await browsers["zhao"].refused("GET", f"/conversations/{shared}/messages")
    assert refused == (404, "messaging.conversation_not_found")


async def test_somebody_who_comes_back_finds_what_was_said_meanwhile(offices: Offices) -> None:
    ids, browsers = offices.ids, offices.browsers
    shared = await group(browsers["li"], "两地", ids["zhao"], ids["lin"])
    await offices.company.settle()
    path = f"/conversations/{shared}/members"
    await browsers["li"].do("DELETE", f"{path}/{ids['zhao']}")
    await say(browsers["lin"], shared, "不在的时候")
    await offices.company.settle()
    await browsers["li"].do("POST", path, {"people": [ids["zhao"]]})
    await offices.company.settle()
    assert await offices.same(shared, "li", "zhao") == ["不在的时候"]


async def test_headquarters_keep_a_copy_where_policy_says_everything(offices: Offices) -> None:
    ids, browsers = offices.ids, offices.browsers
    at_home = await group(browsers["li"], "上海的事", ids["lin"])
    await say(browsers["lin"], at_home, "之前")
    await offices.company.settle()
    assert await offices.has(1, at_home) == 0
    await offices.company.policy(offices.units["上海"], "everything")
    await offices.company.settle()
    await say(browsers["lin"], at_home, "之后")
    await until(lambda: _sees(offices, at_home, 2), "headquarters has no copy")
    assert await offices.has(3, at_home) == 0
    await offices.company.policy(offices.units["上海"], "shared")
    await offices.company.settle()
    await say(browsers["lin"], at_home, "不再")
    await offices.company.settle()
    assert await offices.has(1, at_home) == 2


async def test_nothing_leaves_where_policy_says_so_until_it_opens(offices: Offices) -> None:
    ids, browsers = offices.ids, offices.browsers
    shared = await group(browsers["li"], "两地", ids["zhao"])
    await offices.company.settle()
    await offices.company.policy(offices.units["上海"], "nothing", ("conversation",))
    await offices.company.settle()
    await say(browsers["li"], shared, "留在上海")
    await say(browsers["zhao"], shared, "留在深圳")
    await offices.company.settle()
    assert [await offices.has(number, shared) for number in (1, 2, 3)] == [0, 1, 1]
    await offices.company.policy(offices.units["上海"], "shared", ("conversation",))
    await offices.company.settle()
    assert set(await offices.same(shared, "li", "zhao")) == {"留在上海", "留在深圳"}


async def test_words_of_who_may_not_let_them_out_stay_when_they_have_left(offices: Offices) -> None:
    """And so do quotes of them: neither goes on its own, and nobody of elsewhere is let in where they were said."""
    company, ids, browsers = offices.company, offices.ids, offices.browsers
    unit = {"parent": offices.units["上海"], "name": "法务", "kind": "department"}
    legal = (await company.boss.do("POST", "/org/units", unit))["id"]
    await company.boss.do("PATCH", f"/org/people/{ids['li']}", {"unit": legal})
    await company.settle()
    mixed = await group(browsers["lin"], "三地", ids["li"], ids["zhao"])
    at_home = await group(browsers["lin"], "上海的事", ids["li"])
    await company.settle()
    await company.policy(legal, "nothing", ("conversation",))
    await company.settle()
    for conversation in (mixed, at_home):
        secret = await say(browsers["li"], conversation, "不出上海")
        body = {"content": {"blocks": [{"type": "paragraph", "spans": [{"type": "text", "text": "明白"}]}]}}
        await browsers["lin"].do("POST", f"/conversations/{conversation}/messages", body | {"reply_to": secret})
        await browsers["lin"].do("DELETE", f"/conversations/{conversation}/members/{ids['li']}")
    await company.settle()
    assert [await offices.has(number, mixed) for number in (1, 2, 3)] == [0, 2, 0]
    for who in ("zhao", "wang"):
        refused = await browsers["lin"].refused("POST", f"/conversations/{at_home}/members", {"people": [ids[who]]})
        assert refused[1] == "sites.stays"
    await company.policy(legal, "shared", ("conversation",))
    await company.settle()
    assert set(await offices.same(mixed, "lin", "zhao")) == {"不出上海", "明白"}
    await browsers["lin"].do("POST", f"/conversations/{at_home}/members", {"people": [ids["wang"]]})


async def test_sessions_stay_where_policy_says_so(offices: Offices) -> None:
    await offices.company.settle()
    count = "SELECT count(*) FROM identity.session WHERE person = $1"
    before = [await offices.company[number].count(count, int(offices.ids["li"])) for number in (1, 2, 3)]
    assert before == [1, 1, 1]
    await offices.company.policy(offices.units["上海"], "nothing", ("session",))
    await offices.company.settle()
    await offices.company[2].office.sign_in("li")
    await offices.company[3].office.sign_in("zhao")
    await offices.company.settle()
    assert [await offices.company[number].count(count, int(offices.ids["li"])) for number in (1, 2, 3)] == [1, 2, 1]
    assert [await offices.company[number].count(count, int(offices.ids["zhao"])) for number in (1, 2, 3)] == [2, 2, 2]


async def test_a_unit_that_moves_takes_its_conversations_along(offices: Offices) -> None:
    ids, browsers = offices.ids, offices.browsers
    at_home = await group(browsers["li"], "上海的事", ids["lin"])
    for number in range(10):
        await say(browsers["lin"], at_home, f"{number}")
    await offices.company.settle()
    await offices.company.move(offices.units["上海"], 3)
    await offices.company.settle()
    browsers["li"] = await offices.company[3].office.sign_in("li")
    assert len(await offices.same(at_home, "li", "lin")) == 10


async def test_the_nearest_policy_that_speaks_of_a_kind_counts(offices: Offices) -> None:
    company, server = offices.company, offices.company.headquarters
    await company.policy(company.company, "nothing", ("conversation", "session"))
    await company.policy(offices.units["上海"], "everything", ("conversation",))
    assert await _leaves(server, offices.ids["li"]) == ("everything", "nothing", "shared")
    assert await _leaves(server, offices.ids["wang"]) == ("nothing", "nothing", "shared")
    await company.policy(offices.units["上海"], "everything", ())
    assert await _leaves(server, offices.ids["li"]) == ("nothing", "nothing", "shared")


async def _leaves(server: Server, person: str) -> tuple[str, str, str]:
    async with server.site.pool.acquire() as db:
        homes = await read_homes(db)
    who = PersonId(int(person))
    return homes.leaves(who, "conversation"), homes.leaves(who, "session"), homes.leaves(who, "presence")


async def test_whoever_only_hears_who_is_in_a_group_believes_its_new_admin(three: Company) -> None:
    """Somebody of site 3 has left. An admin of site 2, who became one after that, removes somebody else."""
    there = [await three.branch(name, number) for name, number in (("上海", 2), ("北京", 3))]
    admin, gone = await three.hire("李娜", "li.na", there[0]), await three.hire("刘洋", "liu.yang", there[1])
    wang = await three.hire("王芳", "wang.fang", three.company)
    for unit, number in zip(there, (2, 3), strict=True):
        await three.move(unit, number)
    await three.settle()
    team = await group(three.boss, "项目", admin, gone, wang)
    await three.boss.do("DELETE", f"/conversations/{team}/members/{gone}")
    await three.boss.do("PUT", f"/conversations/{team}/members/{admin}/role", {"role": "admin"})
    await three.settle()
    li = await three[2].office.sign_in("li.na")
    await li.do("DELETE", f"/conversations/{team}/members/{wang}")
    await three.settle()
    assert await three[3].count("SELECT count(*) FROM sites.kept_back") == 0
    present = "SELECT count(*) FROM messaging.member WHERE conversation = $1 AND person = $2 AND present"
    assert await three[3].count(present, int(team), int(wang)) == 0


async def test_pins_go_to_all_sites_of_a_conversation_and_what_is_ones_own_goes_home(offices: Offices) -> None:
    """Also to a new home, with what was marked before, and not to headquarters that keeps everything else."""
    ids, browsers, company = offices.ids, offices.browsers, offices.company
    await company.policy(offices.units["上海"], "everything")
    shared = await group(browsers["li"], "两地", ids["zhao"])
    await company.settle()
    message = await say(browsers["li"], shared, "看这里")
    await company.line.stop()
    path = f"/conversations/{shared}"
    for mark in ("pin", "star"):
        await browsers["li"].do("PUT", f"{path}/messages/{message}/{mark}")
    await browsers["li"].do("PUT", f"{path}/draft", words("还没写完"))
    await company.line.start()
    await company.settle()
    for login in ("li", "zhao"):
        assert [pin["message"] for pin in (await browsers[login].get(path))["flags"]["pins"]] == [message]
    assert [await own(company[number]) for number in (1, 2, 3)] == [0, 2, 0]
    await company.move(offices.units["上海"], 3)
    await until(lambda: _has_own(company[3]), "what is one's own did not come to the new home")
    await company.settle()
    moved = await company[3].office.sign_in("li")
    (star,) = (await moved.get("/stars"))["stars"]
    assert (star["message"], star["shown"]["starred"]) == (message, star["id"])
    assert (await moved.get(path))["conversation"]["draft"]["content"] == words("还没写完")["content"]
    assert await own(company[1]) == 0


def words(text: str) -> dict[str, Any]:
    """The body of a draft."""
    return {"content": {"blocks": [{"type": "paragraph", "spans": [{"type": "text", "text": text}]}]}}


async def own(server: Server) -> int:
    """How many events that are a person's own a site has."""
    return await server.count(OWN)


async def _has_own(server: Server) -> bool:
    return await own(server) == 2
