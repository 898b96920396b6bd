"""First starts as people make them, on an empty folder: broken off, and by somebody who is not root."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.process_table import wait_until_gone
from tests.support.site_process import SiteProcess, site
from tests.system.test_lifecycle import (
    test_ctrl_c_during_the_first_start_is_clean_and_can_be_repeated,
    test_kill_9_while_it_starts_leaves_nothing_running,
)

__all__ = [
    "test_ctrl_c_during_the_first_start_is_clean_and_can_be_repeated",
    "test_kill_9_while_it_starts_leaves_nothing_running",
]

pytestmark = pytest.mark.slow


@pytest.fixture
def a_starting_site(tmp_path: Path) -> Iterator[SiteProcess]:
    with site(tmp_path / "site", as_installed=True) as process:
        yield process


AS_NOBODY = ("unshare", "--user", "--map-user=65534", "--map-group=65534")


def _can_be_somebody_else() -> bool:
    return subprocess.run([*AS_NOBODY, "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(os.geteuid() != 0 or not _can_be_somebody_else(), reason="needs root and user namespaces")
def test_it_runs_without_root(tmp_path: Path) -> None:
    with site(tmp_path / "site", wrapper=AS_NOBODY, as_installed=True) as process:
        process.start()
        before = process.processes()
        assert len({Path(f"/proc/{each.pid}").stat().st_uid for each in before}) == 1  # nobody changed its user
        assert process.stop() == 0
        assert wait_until_gone(before, 0) == []
