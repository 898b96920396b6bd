"""Fixtures of the gateway's tests."""

from collections.abc import Iterator

import pytest

from bilin.gateway import presence
from tests.core.log.facts import create_notes, known_facts
from tests.gateway.server import memberships, running

__all__ = ["facts", "memberships", "notes", "running"]


@pytest.fixture(autouse=True)
def facts() -> Iterator[None]:
    with known_facts():
        yield


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Presence looks each second, also where nobody is about to leave."""
    monkeypatch.setattr(presence, "IDLE_TICK_S", presence.TICK_S)


@pytest.fixture(autouse=True)
async def notes(database_url: str) -> None:
    """The table of the facts' applier."""
    from bilin.core import database

    db = await database.connect(database_url)
    await create_notes(db)
    await db.close()
