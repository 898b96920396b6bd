"""Recalled words are shown at no door of a real server, and of edited ones only the newest, to members or newcomers."""

import json
from typing import Any

import pytest
from websockets.sync.client import connect

from tests.security.conftest import NewServer, Person, Server

RECALLED, EARLIER = "绝密的话", "从前的话"


def words(text: str, *mentions: Person) -> dict[str, Any]:
    spans = [{"type": "text", "text": text}]
    spans += [{"type": "mention", "person": each.id, "name": "某人"} for each in mentions]
    return {"blocks": [{"type": "paragraph", "spans": spans}]}


class Room:
    """A group in which something was recalled and something edited; Liu Yang comes later."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.boss, self.wang, self.liu = server.boss, server.people["wang.fang"], server.people["liu.yang"]
        sync = server.do("GET", "/sync", by=self.wang)
        self.start = {"run": sync["run"], "pos": sync["pos"]}
        self.id = server.group(self.boss, self.wang)
        self.heard_live: list[str] = []

    def act(self) -> None:
        recalled = self.say(self.boss, words(RECALLED, self.wang))
        self.say(self.wang, words("什么意思"), reply_to=recalled)
        self.edit(self.boss, recalled, words(f"{RECALLED}改"))
        self.recall(recalled)
        edited = self.say(self.boss, words(EARLIER))
        self.edit(self.boss, edited, words(f"{EARLIER}二"))
        self.edit(self.boss, edited, words("现在的话"))
        last = self.say(self.boss, words(RECALLED))
        self.recall(last)
        self.server.do("POST", f"/conversations/{self.id}/members", {"people": [self.liu.id]}, by=self.boss)

    def say(self, by: Person, content: Any, reply_to: str | None = None) -> str:
        body = {"content": content, "reply_to": reply_to}
        return str(self.server.do("POST", f"/conversations/{self.id}/messages", body, by=by)["id"])

    def recall(self, message: str) -> None:
        self.server.do("POST", f"/conversations/{self.id}/messages/{message}/recall", by=self.boss)

    def edit(self, by: Person, message: str, content: Any) -> None:
        path = f"/conversations/{self.id}/messages/{message}"
        self.server.do("PATCH", path, {"content": content}, by=by)

    def replayed(self, person: Person) -> list[dict[str, Any]]:
        """What somebody is sent who resumes from before all of it."""
        address = f"ws://127.0.0.1:{self.server.port}/api/socket"
        headers = {"Authorization": f"Bearer {person.token}"}
        heard = []
        with connect(address, additional_headers=headers, proxy=None) as socket:
            socket.send(json.dumps({"t": "start", **self.start}))
            while (frame := json.loads(socket.recv(timeout=20)))["t"] != "ready":
                heard.append(frame)
        return [frame for frame in heard if frame["t"] == "event"]


@pytest.fixture(scope="module", params=["from memory", "from the log"])
def room(request: pytest.FixtureRequest, server: Server, new_server: NewServer) -> Room:
    """Frames come from the gateway's memory, or, where that is small, from the log."""
    if request.param == "from the log":
        server = new_server(BILIN_GATEWAY_RECENT_EVENTS="1").found()
    room = Room(server)
    room.act()
    return room


@pytest.mark.parametrize("who", ["wang", "liu"])
def test_a_replay_tells_neither(room: Room, who: str) -> None:
    heard = room.replayed(getattr(room, who))
    types = [frame["type"] for frame in heard if frame["data"].get("conversation") == room.id]
    assert types.count("messaging.message_sent") == 4
    assert types.count("messaging.message_edited") == 3
    assert types.count("messaging.message_recalled") == 2
    said = json.dumps(heard, ensure_ascii=False)
    assert RECALLED not in said
    assert EARLIER not in said
    assert "现在的话" in said


@pytest.mark.parametrize("who", ["wang", "liu"])
@pytest.mark.parametrize("door", ["/sync", "/conversations/{id}", "/conversations/{id}/messages?limit=50"])
def test_no_page_tells_either(room: Room, who: str, door: str) -> None:
    answer = room.server.send("GET", door.format(id=room.id), by=getattr(room, who))
    assert answer.status_code == 200
    assert RECALLED not in answer.text
    assert EARLIER not in answer.text


def test_the_title_and_the_preview_are_of_a_recalled_message(room: Room) -> None:
    mine = room.server.do("GET", f"/conversations/{room.id}", by=room.wang)["conversation"]
    assert mine["last_message"]["kind"] == "notice"
    page = room.server.do("GET", f"/conversations/{room.id}/messages?limit=50", by=room.liu)["messages"]
    recalled = [each for each in page if each["recalled"]]
    assert [each["content"] for each in recalled] == [None, None]
    quotes = [each["reply_to"] for each in page if each["reply_to"]]
    assert [(each["text"], each["recalled"]) for each in quotes] == [("", True)]


def test_a_recalled_message_cannot_be_answered(room: Room) -> None:
    page = room.server.do("GET", f"/conversations/{room.id}/messages?limit=50", by=room.liu)["messages"]
    gone = next(each["id"] for each in page if each["recalled"])
    body = {"content": words("再说一遍"), "reply_to": gone}
    answer = room.server.send("POST", f"/conversations/{room.id}/messages", body, by=room.liu)
    assert answer.status_code in (409, 410)
    assert RECALLED not in answer.text


def test_tokens_and_passwords_are_in_no_frame(room: Room) -> None:
    """A session that was opened after the position: its owner is told, and not how it is recognised."""
    room.server.sign_in("wang.fang")
    heard = room.replayed(room.wang)
    opened = [frame["data"] for frame in heard if frame["type"] == "identity.session_opened"]
    assert opened
    assert {key for data in opened for key in data} == {"session", "person", "device", "address"}
