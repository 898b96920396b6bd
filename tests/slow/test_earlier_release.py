"""A data folder of an earlier release opens, is brought up to date and shows everything; so do its browsers."""

import json
import os
import subprocess
import tarfile
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bilin.app.embedded.os_user import database_user, give_all
from tests.support.site_process import SiteProcess, site

ROOT = Path(__file__).parents[2]
RELEASE = Path(__file__).parent / "earlier" / "release-0.1.tar.xz"
PASSWORD = "bilin-demo"
CHANGES_BY_ITSELF = {"run", "pos", "session"}
"""Names the process, the log's end and the session that asks."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked release."""
    folder = tmp_path_factory.mktemp("earlier")
    for each in (folder, folder.parent):
        each.chmod(0o755)
    with tarfile.open(RELEASE) as packed:
        packed.extractall(folder, filter="data")
    for private in (folder / "site" / "postgres").rglob("*"):
        private.chmod(0o700 if private.is_dir() else 0o600)
    give_all(folder / "site" / "postgres", database_user())
    return folder


@pytest.fixture(scope="module")
def upgraded(folder: Path) -> Iterator[SiteProcess]:
    """The present program on it."""
    with site(folder / "site", as_installed=True) as process:
        yield process.start()


def _sign_in(process: SiteProcess, login: str) -> Callable[[str], Any]:
    """Asks the server as this person."""
    headers = {"content-type": "application/json", "origin": process.address}
    body = json.dumps({"login": login, "password": PASSWORD, "device": "test"}).encode()
    request = urllib.request.Request(f"{process.address}/api/sessions", body, headers)
    with urllib.request.urlopen(request) as answer:
        cookie = str(answer.headers["set-cookie"]).partition(";")[0]

    def get(path: str) -> Any:
        asked = urllib.request.Request(f"{process.address}{path}", headers={"cookie": cookie})
        with urllib.request.urlopen(asked) as answer:
            return json.load(answer)

    return get


def _lost(before: Any, now: Any, place: str = "") -> list[str]:
    """What was shown before and is not, or otherwise; what is new is none of it."""
    if isinstance(before, dict) and isinstance(now, dict):
        names = before.keys() - CHANGES_BY_ITSELF
        return [lost for name in sorted(names) for lost in _lost(before[name], now.get(name), f"{place}.{name}")]
    if place.endswith(".permissions"):
        return [f"{place}: {each}" for each in before if each not in now]  # a release adds some
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        pairs = zip(_in_order(before), _in_order(now), strict=True)
        return [lost for number, pair in enumerate(pairs) for lost in _lost(*pair, f"{place}[{number}]")]
    return [] if before == now else [f"{place}: {before!r} is {now!r}"]


def _in_order(things: list[Any]) -> list[Any]:
    """By id: equally old things may be listed in any order."""
    return sorted(things, key=lambda each: each["id"]) if things and "id" in things[0] else things


@pytest.mark.parametrize("login", ["suwan", "priya.nair"])
def test_everything_that_was_shown_is_shown(folder: Path, upgraded: SiteProcess, login: str) -> None:
    before = json.loads((folder / "shown.json").read_text())[login]
    get = _sign_in(upgraded, login)
    for conversation in before["sync"]["conversations"]:
        if conversation["mention_seq"] <= conversation["read_seq"]:
            conversation["mention_seq"] = 0  # calls that were read are not kept any more
    before["me"]["preferences"]["locale"] = before["sync"]["me"]["preferences"]["locale"] = None  # nobody had chosen it
    assert len(before["messages"]) == len(before["sync"]["conversations"])
    assert _lost(before["sync"], get("/api/sync")) == []
    assert _lost(before["me"], get("/api/me")) == []
    for conversation, page in before["messages"].items():
        assert page["messages"]
        assert _lost(page, get(f"/api/conversations/{conversation}/messages?limit=50"), conversation) == []


def test_the_audit_chain_holds(upgraded: SiteProcess) -> None:
    done = subprocess.run(
        [ROOT / ".venv/bin/bilin", "audit", "verify", "--state"],
        env={**os.environ, "BILIN_DATA_DIR": str(upgraded.data)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_browser_keeps_its_drafts_and_what_it_had_not_sent(folder: Path, upgraded: SiteProcess) -> None:
    environ = {**os.environ, "BILIN_URL": upgraded.address, "BILIN_EARLIER": str(folder / "browser.json")}
    command = ["npm", "--prefix", "web", "run", "--silent", "e2e"]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "1 passed" in done.stdout
