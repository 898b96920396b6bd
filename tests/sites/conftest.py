"""Companies of several sites."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bilin.sites.replication.feed import feeding
from tests.identity.conftest import boss, office, settings
from tests.sites.company import Company, open_company
from tests.support.servers import TestPostgres

__all__ = ["boss", "office", "settings"]


@pytest.fixture(autouse=True)
def quick_statuses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many a test waits for the next status: it need not wait for as long as people would."""
    monkeypatch.setattr(feeding, "STATUS_S", 0.4)


@pytest.fixture
async def two(postgres: TestPostgres, nats_url: str, tmp_path: Path) -> AsyncIterator[Company]:
    """Headquarters and a branch."""
    async with open_company(postgres, nats_url, tmp_path, 2) as company:
        yield company


@pytest.fixture
async def three(postgres: TestPostgres, nats_url: str, tmp_path: Path) -> AsyncIterator[Company]:
    """Headquarters and two branches."""
    async with open_company(postgres, nats_url, tmp_path, 3) as company:
        yield company
