"""Fixtures of the tests of identity (and of org over HTTP): passwords are hashed cheaply here."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bilin.core.settings import Settings, load_settings
from tests.identity.office import Browser, Office, open_office, variables


@pytest.fixture
def settings(database_url: str, nats_url: str, tmp_path: Path) -> Settings:
    """The settings of a site of this test alone."""
    return load_settings(variables(database_url, nats_url, tmp_path))


@pytest.fixture
async def office(settings: Settings) -> AsyncIterator[Office]:
    """A running site without a company."""
    async with AsyncExitStack() as stack:
        yield await open_office(settings, stack)


@pytest.fixture
async def boss(office: Office) -> Browser:
    """The browser of the first administrator of a company that was just founded."""
    return await office.found()
