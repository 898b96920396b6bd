"""A whole site in this process, with cheap passwords and room for many sign-ins."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bilin import files, messaging
from bilin.core.settings import Settings, load_settings
from tests.identity.office import Office, open_office
from tests.support.applications import application_of


@pytest.fixture
def settings(database_url: str, nats_url: str, tmp_path: Path) -> Settings:
    return load_settings(
        {
            "BILIN_DATA_DIR": str(tmp_path / "site"),
            "BILIN_DATABASE_URL": database_url,
            "BILIN_NATS_URL": nats_url,
            "BILIN_IDENTITY_HASH_MEMORY_KIB": "64",
            "BILIN_IDENTITY_HASH_PASSES": "1",
            "BILIN_IDENTITY_ATTEMPTS_PER_LOGIN": "1000",
            "BILIN_IDENTITY_ATTEMPTS_PER_ADDRESS": "1000",
        }
    )


@pytest.fixture
async def office(settings: Settings) -> AsyncIterator[Office]:
    async with AsyncExitStack() as stack:
        opened = await open_office(settings, stack)
        await files.module.start(opened.site)
        await messaging.module.start(opened.site)
        opened.app = application_of(opened.site, stack)
        yield opened
