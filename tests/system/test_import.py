"""`bilin org import` beside a running server."""

import csv
import json
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import warm
from tests.support.site_process import SiteProcess, site

GOOD = "登录名,姓名,部门,类型\nli.na,李娜,云川集团/华东分公司,branch\n00778,王伟,云川集团/华东分公司/财务部,\n"
BAD = "login,name,unit\nok,好,云川集团\na b,坏,云川集团\n"


@pytest.fixture
def a_site(tmp_path: Path) -> Iterator[SiteProcess]:
    with site(tmp_path / "site") as process:
        yield process.start()


def _found_company(process: SiteProcess) -> None:
    setup = {"company": "云川集团", "name": "张伟", "login": "boss", "password": "correct horse", "locale": "zh-CN"}
    setup["code"] = process.setup_code
    headers = {"content-type": "application/json"}
    request = urllib.request.Request(f"{process.address}/api/setup", json.dumps(setup).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 201


def _import(process: SiteProcess, file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return warm.run(["org", "import", str(file), *options], environ=process.environ(), folder=file.parent)


def test_a_file_is_imported_by_the_running_server(a_site: SiteProcess, tmp_path: Path) -> None:
    good, bad = tmp_path / "people.csv", tmp_path / "bad.csv"
    good.write_bytes(GOOD.encode("gbk"))
    bad.write_text(BAD)
    refused = _import(a_site, good)
    assert (refused.returncode, "has no company yet" in refused.stderr) == (2, True)
    _found_company(a_site)

    refused = _import(a_site, bad)
    assert refused.returncode == 2
    assert "line 3: login" in refused.stderr
    assert not (tmp_path / "bad.passwords.csv").exists()

    assert "2 would be added" in _import(a_site, good, "--dry-run").stdout
    done = _import(a_site, good)
    assert done.returncode == 0, done.stderr
    assert "People: 2 were added" in done.stdout
    written = tmp_path / "people.passwords.csv"
    assert written.stat().st_mode & 0o777 == 0o600
    rows = list(csv.reader(written.read_text("utf-8-sig").splitlines()))
    assert [(row[0], row[2]) for row in rows] == [("login", "name"), ("li.na", "李娜"), ('="00778"', "王伟")]
    assert (a_site.data / "keys" / "local.key").stat().st_mode & 0o777 == 0o600

    again = _import(a_site, good)
    assert (again.returncode, "cannot be made" in again.stderr) == (2, True)
    again = _import(a_site, good, "--passwords", str(tmp_path / "second.csv"))
    assert "2 are as the file says" in again.stdout
    assert not (tmp_path / "second.csv").exists()


def test_without_a_server_the_command_says_so(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(GOOD)
    with site(tmp_path / "site") as process:
        done = _import(process, tmp_path / "people.csv")
    assert done.returncode == 2
    assert "Hint" in done.stderr
    assert not (tmp_path / "site" / "keys").exists()
