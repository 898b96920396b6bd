"""People who act at random, over HTTP. What they do is in `actions`, and beside the tests of features (`ACTIONS`)."""

import random
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from tests.identity.office import Browser, Office

EMOJI = ("%F0%9F%91%8D", "%E2%9C%85", "%F0%9F%8E%89")
Action = Callable[["Crowd"], Awaitable[None]]


class Crowd:
    """People, their browsers, and what they know to talk about."""

    def __init__(
        self, office: Office, dice: random.Random, browsers: dict[str, Browser], actions: Sequence[Action]
    ) -> None:
        self.office, self.dice, self.browsers, self.actions = office, dice, browsers, actions
        self.people = list(browsers)
        self.groups: list[str] = []
        self.directs: list[str] = []
        self.messages: list[tuple[str, str, str]] = []
        """(conversation, message, sender)"""
        self.drafts: dict[tuple[str, str], str] = {}
        self.units: list[str] = []
        self.hired: list[str] = []
        self.grants: list[str] = []
        self.sites: list[int] = []
        self.count = 0

    def someone(self) -> str:
        return self.dice.choice(self.people)

    def anywhere(self) -> str | None:
        """A conversation."""
        return self.dice.choice(self.groups + self.directs) if self.groups or self.directs else None

    def any_message(self) -> str | None:
        """The path of a message."""
        if not self.messages:
            return None
        conversation, message, _ = self.dice.choice(self.messages)
        return f"/conversations/{conversation}/messages/{message}"

    async def act(self) -> None:
        """One random action."""
        self.count += 1
        await self.dice.choice(self.actions)(self)

    async def try_(self, person: str, method: str, path: str, body: Any = None) -> dict[str, Any] | None:
        """Do it; None when it was refused for a good reason."""
        response = await self.browsers[person].send(method, path, body)
        assert response.status_code < 500, response.text
        return response.json() if response.is_success and response.content else None


def paragraph(*spans: dict[str, Any]) -> dict[str, Any]:
    """The content of a message."""
    return {"content": {"blocks": [{"type": "paragraph", "spans": list(spans)}]}}


def words(crowd: Crowd) -> dict[str, Any]:
    """A text that may mention somebody, or everybody."""
    spans: list[dict[str, Any]] = [{"type": "text", "text": f"第 {crowd.count} 句 sentence"}]
    lot = crowd.dice.random()
    if lot < 0.2:
        spans.append({"type": "mention", "person": crowd.someone(), "name": "某人"})
    elif lot < 0.3:
        spans.append({"type": "mention_all"})
    return paragraph(*spans)
