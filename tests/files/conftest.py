"""A whole site in this process, and people who send files to it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bilin import files, messaging
from bilin.core.settings import Settings, load_settings
from tests.files.sender import Sender
from tests.identity.office import Office, open_office, variables
from tests.support.applications import application_of


@pytest.fixture
def settings(database_url: str, nats_url: str, tmp_path: Path) -> Settings:
    """A site with a folder of its own."""
    return load_settings(variables(database_url, nats_url, tmp_path))


@pytest.fixture
async def office(settings: Settings) -> AsyncIterator[Office]:
    """A running site without a company."""
    async with AsyncExitStack() as stack:
        opened = await open_office(settings, stack)
        for module in (files.module, messaging.module):
            await module.start(opened.site)
        opened.app = application_of(opened.site, stack)
        yield opened


@pytest.fixture
async def anna(office: Office) -> Sender:
    """The founder, who sends files."""
    return Sender(await office.found())


@pytest.fixture
async def ben(office: Office, anna: Sender) -> Sender:
    """A colleague."""
    await office.hire(anna.browser, "Ben", "ben")
    return Sender(await office.sign_in("ben"))
