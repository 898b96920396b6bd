"""Each process of a site that was started as people start it is started again when it dies.

That nothing is lost meanwhile, `tests/crash` asks, of sites that begin faster.
"""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.support.process_table import Seen, wait_until_gone
from tests.support.site_process import SiteProcess, site

pytestmark = pytest.mark.slow


def _named(process: SiteProcess, part: str) -> list[Seen]:
    return [each for each in process.processes() if part in each.command]


def test_whatever_is_killed_comes_back(tmp_path: Path) -> None:
    with site(tmp_path / "site", as_installed=True) as a_site:
        a_site.start()
        for number, victim in enumerate(("bilin.app.web", "bilin.app.worker", "nats-server", "postgres -D"), start=1):
            killed = _named(a_site, victim)[0]
            os.kill(killed.pid, signal.SIGKILL)
            assert wait_until_gone([killed], 5) == [], victim
            a_site.wait_until("was ended by SIGKILL; starting it again", times=number)
            a_site.wait_ready(20)
            until = time.monotonic() + 20
            while killed.pid in (now := [each.pid for each in _named(a_site, victim)]) or len(now) != 1:
                assert time.monotonic() < until, f"{victim} is not back"
                time.sleep(0.05)
        assert a_site.stop() == 0
