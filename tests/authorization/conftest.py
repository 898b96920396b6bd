"""The application with everybody signed in."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from bilin import files, messaging, search
from bilin.app import spa
from bilin.app.web import build_app
from bilin.core.settings import load_settings
from tests.authorization.scene import Cast, gather_cast
from tests.identity.office import open_office
from tests.support.servers import TestPostgres


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def cast(postgres: TestPostgres, nats_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cast]:
    """The whole application, and everybody signed in: one for all rows, which each set their own scene."""
    folder = tmp_path_factory.mktemp("authorization")
    (folder / "index.html").write_text("<!doctype html>")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spa, "STATIC", folder)
        async with AsyncExitStack() as stack:
            url = await stack.enter_async_context(postgres.database())
            office = await open_office(load_settings(variables(url, nats_url, folder)), stack)
            await files.module.start(office.site)
            await messaging.module.start(office.site)
            await search.module.start(office.site)
            office.app = build_app(office.site)
            yield await gather_cast(office)


def variables(database_url: str, nats_url: str, folder: Path) -> dict[str, str]:
    """A site with cheap passwords and room for many sign-ins."""
    return {
        "BILIN_DATA_DIR": str(folder / "site"),
        "BILIN_DATABASE_URL": database_url,
        "BILIN_NATS_URL": nats_url,
        "BILIN_SITES_NATS_URL": nats_url,
        "BILIN_IDENTITY_HASH_MEMORY_KIB": "64",
        "BILIN_IDENTITY_HASH_PASSES": "1",
        "BILIN_IDENTITY_ATTEMPTS_PER_LOGIN": "1000",
        "BILIN_IDENTITY_ATTEMPTS_PER_ADDRESS": "1000",
    }
