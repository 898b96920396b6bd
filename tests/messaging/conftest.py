"""Fixtures of the tests of messaging."""

from collections.abc import AsyncIterator

import pytest

from bilin.core.settings import Settings
from tests.messaging.house import House, open_house


@pytest.fixture
async def house(settings: Settings) -> AsyncIterator[House]:
    """A running site whose company is founded."""
    opened = await open_house(settings)
    yield opened
    await opened.site.close()
