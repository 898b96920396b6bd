"""The shapes and statuses of the protocol, over HTTP."""

from collections.abc import AsyncIterator
from urllib.parse import quote

import pytest

from bilin.core.ids import PersonId
from bilin.core.log import Decision
from bilin.identity import AccountCreated
from bilin.messaging.conversations.model import Conversation
from bilin.messaging.conversations.queries import ConversationPage
from tests.messaging.callers import Callers, callers_of
from tests.messaging.house import House

CONTENT = {"blocks": [{"type": "paragraph", "spans": [{"type": "text", "text": "hello"}]}]}


@pytest.fixture
async def callers(house: House) -> AsyncIterator[Callers]:
    async with callers_of(house) as found:
        yield found


async def test_a_group_from_making_to_leaving(house: House, callers: Callers) -> None:
    anna, ben, cai = await house.hire("Anna", "Ben", "Cai")
    made = await callers.do(
        anna, "POST", "/conversations", {"kind": "group", "title": "Harbour", "members": [str(ben)]}
    )
    room = f"/conversations/{made['id']}"
    assert made["conversation"]["id"] == made["id"]
    assert set(made["conversation"]) == set(Conversation.__struct_fields__), "nothing is left out"
    added = await callers.send(ben, "POST", f"{room}/members", {"people": [str(cai)]})
    assert (added.status_code, set(added.json())) == (201, {"id", "pos"})
    assert isinstance(added.json()["id"], str)
    await callers.do(anna, "PATCH", room, {"title": "Quay"})
    await callers.do(anna, "PUT", f"{room}/members/{ben}/role", {"role": "admin"})
    await callers.do(ben, "DELETE", f"{room}/members/{cai}")
    assert await callers.refused(anna, "POST", f"{room}/leave") == (409, "messaging.owner_must_hand_on")
    await callers.do(anna, "POST", f"{room}/owner", {"person": str(ben)})
    shown = await callers.do(ben, "GET", room)
    assert set(shown) == set(ConversationPage.__struct_fields__)
    assert shown["conversation"]["title"] == "Quay"
    assert [(m["person"], m["role"]) for m in shown["members"]] == [(str(anna), "member"), (str(ben), "owner")]
    assert set(shown["members"][0]) == {"person", "role", "joined", "read_seq", "marks"}
    await callers.do(anna, "POST", f"{room}/leave")
    assert await callers.refused(anna, "GET", room) == (404, "messaging.conversation_not_found")
    notices = (await callers.do(ben, "GET", f"{room}/messages"))["messages"]
    assert [message["notice"]["type"] for message in notices] == [
        *("created", "added", "renamed", "role", "removed", "owner", "left")
    ]


async def test_a_message_from_sending_to_recalling(house: House, callers: Callers) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    made = await callers.do(anna, "POST", "/conversations", {"kind": "direct", "person": str(ben)})
    again = await callers.do(ben, "POST", "/conversations", {"kind": "direct", "person": str(anna)})
    assert made["id"] == again["id"]
    assert int(made["id"]) < 0
    talk = f"/conversations/{made['id']}"
    sent = await callers.send(anna, "POST", f"{talk}/messages", {"content": CONTENT}, idempotency_key="k")
    assert sent.status_code == 201
    repeated = await callers.do(anna, "POST", f"{talk}/messages", {"content": CONTENT}, idempotency_key="k")
    assert repeated == sent.json()
    message = f"{talk}/messages/{sent.json()['id']}"
    await callers.do(ben, "PUT", f"{message}/reactions/{quote('👍🏽')}")
    await callers.do(ben, "POST", f"{talk}/read", {"through": sent.json()["id"]})
    assert await callers.do(anna, "GET", f"{message}/readers") == {"read": [str(ben)], "unread": []}
    page = await callers.do(anna, "GET", f"{talk}/messages")
    assert (page["more_before"], page["more_after"]) == (False, False)
    (shown,) = page["messages"]
    reaction = shown.pop("reactions")[0]
    assert (reaction["emoji"], reaction["people"], len(reaction["ids"])) == ("👍🏽", [str(ben)], 1)
    assert shown == {
        "id": sent.json()["id"],
        "conversation": made["id"],
        "sender": str(anna),
        "seq": 1,
        "kind": "text",
        "content": CONTENT,
        "notice": None,
        "reply_to": None,
        "edited": None,
        "recalled": None,
        "mentions": [],
        "mentions_all": False,
        "arrived": None,
        "starred": None,
    }
    answer = await callers.do(ben, "POST", f"{talk}/messages", {"content": CONTENT, "reply_to": shown["id"]})
    edited = await callers.do(
        anna, "PATCH", message, {"content": {"blocks": [{**CONTENT["blocks"][0], "type": "quote"}]}}
    )
    await callers.do(ben, "DELETE", f"{message}/reactions/{quote('👍🏽')}")
    first, second = (await callers.do(ben, "GET", f"{talk}/messages"))["messages"]
    assert (first["edited"], first["reactions"]) == (edited["id"], [])
    assert second["id"] == answer["id"]
    assert second["reply_to"] == {"id": shown["id"], "sender": str(anna), "text": "hello", "recalled": False}
    recalled = await callers.do(anna, "POST", f"{message}/recall")
    first, second = (await callers.do(ben, "GET", f"{talk}/messages?after=0&limit=2"))["messages"]
    assert (first["content"], first["recalled"]) == (None, {"by": str(anna), "id": recalled["id"]})
    assert second["reply_to"]["recalled"] is True


async def test_nonsense_is_explained(house: House, callers: Callers) -> None:
    (anna,) = await house.hire("Anna")
    room = f"/conversations/{await house.group(anna)}"
    invalid = (422, "core.invalid")
    text = {"type": "paragraph", "spans": [{"type": "text", "text": 1}]}
    assert await callers.refused(anna, "POST", f"{room}/messages", {"content": {"blocks": [text]}}) == invalid
    assert await callers.refused(anna, "POST", f"{room}/messages", {}) == invalid
    assert await callers.refused(anna, "POST", "/conversations", {"kind": "channel"}) == invalid
    assert await callers.refused(anna, "GET", f"{room}/messages?limit=0") == invalid
    assert await callers.refused(anna, "GET", f"{room}/messages?limit=201") == invalid
    assert await callers.refused(anna, "GET", f"{room}/messages?before=1&after=2") == invalid
    assert await callers.refused(anna, "GET", f"{room}/messages?before=x") == invalid
    assert await callers.refused(anna, "PUT", f"{room}/messages/1/reactions/word") == (
        404,
        "messaging.message_not_found",
    )
    assert (await callers.refused(anna, "GET", "/conversations/nonsense"))[0] == 404
    assert (await callers.refused(anna, "GET", f"/conversations/{1 << 70}"))[0] in (404, 422)
    assert await callers.refused(anna, "POST", f"{room}/read", {"through": "99"}) == (
        404,
        "messaging.message_not_found",
    )


async def test_sync_gives_the_first_screen(house: House, callers: Callers) -> None:
    anna, ben, cai = await house.hire("Anna", "Ben", "Cai")
    for person, login in ((anna, "anna"), (ben, "ben"), (cai, "cai")):
        await house.site.log.append(Decision([AccountCreated(person=person, login=login)]), None)
    talk, room = await house.direct(anna, ben), await house.group(cai, anna)
    await house.group(ben, cai)
    last = await house.say(cai, room, calls=[anna])
    await callers.do(anna, "PATCH", f"/conversations/{talk}/preferences", {"pinned": True})
    state = await callers.do(anna, "GET", "/sync")
    assert set(state) == {*("run", "pos", "site", "here", "home", "me", "company", "conversations", "people", "next")}
    assert (state["me"]["login"], state["company"]["id"]) == ("anna", str(house.unit))
    assert (state["here"], state["home"]) == (1, {"site": 1, "name": "", "address": ""})
    found = {each["id"]: each for each in state["conversations"]}
    assert set(found) == {str(talk), str(room)}
    assert (found[str(talk)]["peer"], found[str(talk)]["pinned"]) == (str(ben), True)
    assert found[str(room)]["last_message"]["id"] == str(last)
    assert [found[str(room)][seq] for seq in ("last_seq", "read_seq", "mention_seq")] == [1, 0, 1]
    assert {PersonId(int(person["id"])) for person in state["people"]} == {anna, ben, cai}
    await house.say(anna, room)
    assert (await callers.do(anna, "GET", "/sync"))["pos"] == state["pos"] + 1


async def test_preferences_are_set_over_http(house: House, callers: Callers) -> None:
    (anna,) = await house.hire("Anna")
    room = f"/conversations/{await house.group(anna)}"
    await callers.do(anna, "PATCH", f"{room}/preferences", {"muted": True, "hidden": True})
    nothing = await callers.do(anna, "PATCH", f"{room}/preferences", {})
    assert nothing == {"id": None, "pos": None}
    shown = (await callers.do(anna, "GET", room))["conversation"]
    assert (shown["muted"], shown["pinned"], shown["hidden"]) == (True, False, True)


async def test_the_description_of_the_routes_is_made(callers: Callers) -> None:
    described = await callers.do(1, "GET", "/openapi.json")
    assert "/api/conversations/{conversation}/messages" in described["paths"]
