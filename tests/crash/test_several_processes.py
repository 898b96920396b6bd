"""`kill -9` of each part of a site whose work several processes do: two that may write, two web processes, a worker.

What may happen is judged as for a site with one web process. Here the process that writes dies; of all others
`tests/slow/test_crashes_of_several_processes.py` tells.
"""

import asyncio
from functools import partial

import pytest

from tests.crash.conftest import Company
from tests.crash.crashes import (
    BETWEEN_MESSAGES,
    a_company_at_work,
    check,
    kill_and_see_it_back,
)
from tests.crash.load import PATIENCE_S
from tests.crash.processes import Part
from tests.support.site_process import SiteProcess

pytestmark = pytest.mark.slow

LAYOUT = {"BILIN_PROCESSES_WEB": "2"}
TAKEN_OVER_S = 5.0
"""How long nobody may be answered after the loss of the process that writes, where one stands by."""
PROCESSES = 4
"""That say in `/health` whether they are ready: the worker does not."""


async def everybody_is_ready(site: SiteProcess) -> None:
    """Until the process that stands by does so, too."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            ready = (await asyncio.to_thread(site.health))[1].get("processes", {})
            if len(ready) == PROCESSES and all(ready.values()):
                return
            await asyncio.sleep(0.05)


async def kill_one_that_may_write(site: SiteProcess) -> None:
    await everybody_is_ready(site)
    await kill_and_see_it_back(site, Part.FIRST_WRITER)


async def kill_the_other_that_may_write(site: SiteProcess) -> None:
    await everybody_is_ready(site)
    await kill_and_see_it_back(site, Part.SECOND_WRITER)


async def test_the_other_takes_over_under_load(company: Company) -> None:
    async with a_company_at_work(company, "writers") as load:
        for crash in (kill_one_that_may_write, kill_the_other_that_may_write):
            await load.talk(BETWEEN_MESSAGES)
            check(await load.survive(crash.__name__, partial(crash, company.site)), TAKEN_OVER_S)
