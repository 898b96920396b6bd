"""A browser as the server sees it: what it fetched at first, the frames it was sent, and what it would fetch now."""

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bilin.core.database import snapshot
from bilin.core.events import EVERYONE
from bilin.core.ids import PersonId
from bilin.core.log import Entry
from bilin.messaging.messages.events import MessageEdited, MessageRecalled
from tests.identity.office import Browser, Office

WEB = Path(__file__).parents[2] / "web"
PAGE = 40


async def node(*arguments: str, given: bytes = b"") -> bytes:
    """Run the browser's code in plain Node."""
    process = await asyncio.create_subprocess_exec(
        str(Path(sys.executable).with_name("node")),
        "--experimental-strip-types",
        *arguments,
        cwd=WEB,
        env={**os.environ, "NODE_NO_WARNINGS": "1"},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate(given)
    assert process.returncode == 0, err.decode()
    return out


class Follower:
    """One person's browser: follows the tail as the gateway would let it."""

    def __init__(self, office: Office, browser: Browser, person: str) -> None:
        self.office, self.browser, self.person = office, browser, person
        self.initial: dict[str, Any] = {}
        self.steps: list[dict[str, Any]] = []
        self.types: set[str] = set()
        self._topics: set[int] = set()
        self._pos = 0
        self._new: list[int] = []
        self._held: set[int] = set()
        self._in_doubt: set[int] = set()

    async def start(self) -> None:
        """Fetch everything, and follow from there."""
        async with snapshot(self.office.site.pool) as (db, pos):
            self._topics = {EVERYONE, int(self.person)}
            self._topics |= set(await self.office.site.topics.of(db, PersonId(int(self.person))))
            self._pos = pos
        self.initial = await self.fetch()
        self._held = {int(each["id"]) for each in self.initial["sync"]["conversations"]}
        self.office.site.tail.listen(self.hear)

    def hear(self, entries: Sequence[Entry]) -> None:
        """Listener of the tail."""
        for entry in entries:
            if entry.pos <= self._pos:
                continue
            begun = {topic for person, topic in entry.subscribes if person == int(self.person)} - self._topics
            self._topics |= begun
            self._new += begun
            if not self._topics.isdisjoint(entry.topics):
                self.steps.append(json.loads(entry.frame))
                self.types.add(entry.type)
                self._ask_about(entry)
            self._topics -= {topic for person, topic in entry.unsubscribes if person == int(self.person)}

    def _ask_about(self, entry: Entry) -> None:
        """What a browser cannot tell from an event: of a conversation that it does not hold, and whom a change of words
        calls still."""
        event = entry.event()
        conversation = getattr(event, "conversation", None)
        if conversation is None:
            return
        if conversation not in self._held and conversation not in self._new:
            self._new.append(conversation)
        if isinstance(event, MessageEdited | MessageRecalled):
            self._in_doubt.add(conversation)

    async def catch_up(self) -> None:
        """Fetch what a browser fetches: conversations that it does not hold, and those it is in doubt about."""
        while self._new:
            conversation = self._new.pop(0)
            if conversation in self._topics:
                self.steps += [
                    {"t": "fetched", "conversation": await self.browser.get(f"/conversations/{conversation}")}
                ]
                self.steps += await self._pages(str(conversation))
                self._held.add(conversation)
        for conversation in self._in_doubt & self._topics:
            self.steps += [{"t": "fetched", "conversation": await self.browser.get(f"/conversations/{conversation}")}]
        self._in_doubt.clear()

    async def fetch(self) -> dict[str, Any]:
        """Everything, afresh."""
        sync = await self.browser.get("/sync")
        ids = [each["id"] for each in sync["conversations"]]
        return {
            "sync": sync,
            "conversations": [await self.browser.get(f"/conversations/{each}") for each in ids],
            "messages": {each: await self._history(each) for each in ids},
        }

    async def _history(self, conversation: str) -> list[dict[str, Any]]:
        pages = [await self.browser.get(f"/conversations/{conversation}/messages?limit={PAGE}")]
        while pages[-1]["more_before"]:
            oldest = pages[-1]["messages"][0]["id"]
            pages.append(await self.browser.get(f"/conversations/{conversation}/messages?limit={PAGE}&before={oldest}"))
        return pages

    async def _pages(self, conversation: str) -> list[dict[str, Any]]:
        steps, request = [], {"newest": True}
        for answer in await self._history(conversation):
            steps.append(
                {"t": "fetched", "messages": {"conversation": conversation, "request": request, "answer": answer}}
            )
            request = {"before": answer["messages"][0]["id"]} if answer["messages"] else {}
        return steps
