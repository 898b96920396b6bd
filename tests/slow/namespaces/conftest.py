"""Three sites in namespaces, for all tests of the cut line."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.slow.namespaces.company import NAMES, Company, company_of
from tests.slow.namespaces.country import Country, country, missing


@pytest.fixture(scope="module")
def three() -> Iterator[Country]:
    if reason := missing():
        pytest.skip(reason)
    with country(len(NAMES)) as made:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def company(three: Country, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Company]:
    async with company_of(three, tmp_path_factory.mktemp("sites")) as founded:
        yield founded
