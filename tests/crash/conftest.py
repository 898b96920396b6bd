"""One site for all crashes, started again when one of them took it away for good."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.crash.api import opened
from tests.crash.company import Person, found_company
from tests.support.site_process import SiteProcess, site

ENVIRON = {
    "BILIN_IDENTITY_HASH_MEMORY_KIB": "64",
    "BILIN_IDENTITY_HASH_PASSES": "1",
    "BILIN_IDENTITY_ATTEMPTS_PER_ADDRESS": "1000",
    "BILIN_GATEWAY_RESUME_MAX_EVENTS": "150",  # who slept for a second or two has to fetch everything anew
    "BILIN_LOG_LEVEL": "info",
}


@dataclass(frozen=True)
class Company:
    """A running site and its people."""

    site: SiteProcess
    people: list[Person]


@pytest.fixture(scope="module")
def founded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """`LAYOUT` of the module: further settings, by which the site divides its work."""
    environ = ENVIRON | getattr(request.module, "LAYOUT", {})
    with site(tmp_path_factory.mktemp("crash") / "site", environ) as process:
        process.start()
        yield Company(process, asyncio.run(_found(process)))


@pytest.fixture
def company(founded: Company) -> Company:
    """The same company for every test; a test that failed must not take the others with it."""
    if not founded.site.is_running:
        founded.site.start()
    return founded


async def _found(process: SiteProcess) -> list[Person]:
    async with opened(process.address) as api:
        return await found_company(api, process.setup_code)
