"""The package as a customer installs it: one wheel, no Node, no source folder."""

import os
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.support.site_process import site

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


def _run(*command: str | Path, **environ: str) -> None:
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from this folder, with the client that `make web` built."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", f"--outdir={folder}", ".", SKIP_WEB_BUILD="1")
    return next(folder.glob("bilin-*.whl"))


def test_it_carries_the_client_and_nothing_of_the_workshop(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "bilin/app/static/index.html" in names
    assert any(name.startswith("bilin/app/static/assets/") and name.endswith(".js") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"bilin"}


def test_it_serves_the_client_in_an_empty_environment_without_node(wheel: Path, tmp_path: Path) -> None:
    uv = shutil.which("uv", path=f"{ROOT}/.cache/uv/bin{os.pathsep}{os.environ['PATH']}")
    assert uv, "uv is missing: run `make setup`"
    place = tmp_path / "venv"
    python = place / "bin" / "python"
    _run(uv, "venv", "--quiet", "--python", sys.executable, place)
    _run(uv, "pip", "sync", "--quiet", "--python", python, "--require-hashes", ROOT / "requirements.lock")
    _run(uv, "pip", "install", "--quiet", "--python", python, "--no-deps", wheel)
    empty = tmp_path / "empty"
    empty.mkdir()
    environ = {"PATH": str(empty), "PYTHONPATH": ""}
    with site(tmp_path / "site", environ, command=[str(place / "bin" / "bilin"), "serve"]) as process:
        process.start()
        with urllib.request.urlopen(process.address, timeout=5) as page:
            assert page.headers.get_content_type() == "text/html"
            assert b'<script type="module"' in page.read()
        assert process.stop() == 0
