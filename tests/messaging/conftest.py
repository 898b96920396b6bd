"""Fixtures of the tests of messaging."""

from collections.abc import AsyncIterator

import pytest

from bilin.core.settings import DatabaseSettings, NatsSettings, Settings, SiteSettings, load_settings
from tests.messaging.house import House, open_house


@pytest.fixture
async def house(settings: Settings) -> AsyncIterator[House]:
    """A running site whose company is founded."""
    opened = await open_house(settings)
    yield opened
    await opened.site.close()


def with_settings(settings: Settings, **variables: str) -> Settings:
    """The same site with some settings of its own."""
    own = {
        "BILIN_DATA_DIR": str(settings[SiteSettings].data_dir),
        "BILIN_DATABASE_URL": settings[DatabaseSettings].url,
        "BILIN_NATS_URL": settings[NatsSettings].url,
    }
    return load_settings(own | variables)
