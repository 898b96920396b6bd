"""Headquarters in this process, with its embedded NATS between sites played by the one of this run."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bilin.core.settings import Settings, load_settings
from tests.identity.office import Browser, Office, open_office


@pytest.fixture
def settings(database_url: str, nats_url: str, tmp_path: Path) -> Settings:
    """With a line to other sites."""
    return load_settings(
        {
            "BILIN_DATA_DIR": str(tmp_path / "site"),
            "BILIN_DATABASE_URL": database_url,
            "BILIN_NATS_URL": nats_url,
            "BILIN_SITES_NATS_URL": nats_url,
            "BILIN_SITES_ADDRESS": "hq.example.com:7420",
            "BILIN_SITES_INVITATION_LIFE_S": "3600",
            "BILIN_IDENTITY_HASH_MEMORY_KIB": "64",
            "BILIN_IDENTITY_HASH_PASSES": "1",
        }
    )


@pytest.fixture
async def office(settings: Settings) -> AsyncIterator[Office]:
    async with AsyncExitStack() as stack:
        yield await open_office(settings, stack)


@pytest.fixture
async def boss(office: Office) -> Browser:
    return await office.found()
