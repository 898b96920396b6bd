"""What a first start prepares on the machine is prepared once, however many sites start at the same moment."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bilin.app.embedded import binaries

STARTS = 4
USER = "bilin-test-race"
FIND_USER = f"""
from bilin.app.embedded import os_user
os_user.NAME, os_user.FALLBACKS = "{USER}", ()
print(os_user.database_user())
"""


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("userdel") is None, reason="adds a user to the system")
def test_sites_that_start_together_agree_on_the_database_user() -> None:
    try:
        starts = [
            subprocess.Popen([sys.executable, "-c", FIND_USER], stdout=subprocess.PIPE, text=True)
            for _ in range(STARTS)
        ]
        said = {start.communicate(timeout=60)[0] for start in starts}
    finally:
        subprocess.run(["userdel", USER], check=False, capture_output=True)
    assert len(said) == 1
    assert f"name='{USER}'" in said.pop()


def test_programs_that_another_start_copied_are_used(tmp_path: Path) -> None:
    installed, place = tmp_path / "installed", tmp_path / "shared" / "1"
    for part in (f"{binaries.PACKAGE}/{binaries.INSTALL}/bin", f"{binaries.PACKAGE}.libs"):
        (installed / part).mkdir(parents=True)
    place.parent.mkdir()
    binaries._copy(installed, place)
    binaries._copy(installed, place)
    assert (place / binaries.PACKAGE / binaries.INSTALL / "bin").is_dir()
    assert [each.name for each in place.parent.iterdir()] == ["1"]
