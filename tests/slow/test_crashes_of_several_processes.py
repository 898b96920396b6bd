"""`kill -9` of each part beside those that write, of a site whose work several processes do."""

from functools import partial

import pytest

from tests.crash.conftest import Company, company, founded
from tests.crash.crashes import (
    BETWEEN_MESSAGES,
    DATABASE_S,
    PROCESS_S,
    Crash,
    a_company_at_work,
    check,
    kill_and_see_it_back,
    kill_nats,
    kill_postgres,
    kill_supervisor_and_start_again,
    kill_worker,
)
from tests.crash.processes import Part
from tests.crash.test_several_processes import LAYOUT
from tests.support.site_process import SiteProcess

__all__ = ["LAYOUT", "company", "founded"]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("crashes of several processes")]


async def kill_a_web_process(site: SiteProcess) -> None:
    await kill_and_see_it_back(site, Part.FIRST_WEB)


@pytest.mark.parametrize(
    ("crashes", "at_most_s"),
    [
        ([kill_a_web_process, kill_worker, kill_nats], PROCESS_S),
        ([kill_postgres, kill_supervisor_and_start_again], DATABASE_S),
    ],
    ids=["others", "everything"],
)
async def test_a_crash_under_load(company: Company, crashes: list[Crash], at_most_s: float) -> None:
    async with a_company_at_work(company, crashes[0].__name__) as load:
        for crash in crashes:
            await load.talk(BETWEEN_MESSAGES)
            check(await load.survive(crash.__name__, partial(crash, company.site)), at_most_s)
