"""A fresh server belongs to who started it: no stranger founds its company, lets it dial, or stands in the way."""

import base64
import stat
import subprocess
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from bilin.core.ids import wall_ms
from bilin.identity.setup_code import ALPHABET, new_code
from bilin.sites.enrolment import Token, read_token
from bilin.sites.enrolment.certificates import authority_bytes, ensure_certificates
from bilin.sites.enrolment.errors import TokenRefused
from bilin.sites.enrolment.files import SiteFiles
from bilin.sites.enrolment.token import PREFIX, VERSION, write_token
from tests.security.conftest import PASSWORD, NewServer, Server
from tests.support.site_process import SERVE

FOUNDING = {"company": "别人的", "name": "某人", "login": "somebody", "password": PASSWORD, "locale": "zh-CN"}
DAY_MS = 86_400_000


def token(folder: Path, expires_ms: int, address: str = "203.0.113.1:7420") -> str:
    """What anybody can make up."""
    places = SiteFiles(folder / "made-up")
    ensure_certificates(places, ["127.0.0.1"])
    return write_token(Token(VERSION, (address,), authority_bytes(places), 2, "上海", 77, "s", expires_ms))


def test_the_code_is_printed_and_kept(fresh_server: Server) -> None:
    code = fresh_server.site.setup_code
    assert len(code.replace("-", "")) == 12
    assert code in fresh_server.site.output
    file = fresh_server.site.data / "keys" / "setup.code"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("given", [None, "", "0", "0000-0000-0000", "x" * 100_000, "\u0660" * 12, "\U0001f600"])
def test_no_stranger_founds_or_joins(fresh_server: Server, tmp_path: Path, given: str | None) -> None:
    code = {} if given is None else {"code": given}
    joining = {"token": token(tmp_path, wall_ms() + 60_000)}
    for path, body in (("/setup", FOUNDING), ("/setup/join", joining)):
        answer = fresh_server.send("POST", path, {**body, **code})
        assert answer.json()["code"] in ("identity.setup_code_wrong", "core.too_many"), answer.text
    assert not (fresh_server.site.data / "keys" / "joining.json").exists(), "it would dial"
    told = fresh_server.do("GET", "/setup")
    assert (told["needed"], told["joining"]) == (True, None)


def test_guessing_is_slowed_and_blocks_nobody(new_server: NewServer) -> None:
    server = new_server()
    seen: list[int] = []
    while 429 not in seen and len(seen) < 200:
        seen.append(server.send("POST", "/setup", {**FOUNDING, "code": new_code()}).status_code)
    assert set(seen) == {403, 429}
    server.found()  # with the right code, in the midst of it
    assert server.site.setup_code == "", "nobody needs it any more"
    assert server.send("POST", "/setup", FOUNDING).json()["code"] == "identity.already_set_up"
    server.site.stop()
    server.site.start()
    assert server.site.setup_code == ""
    assert "asks for this code" not in server.site.output


def test_the_code_stays_the_same_until_there_is_a_company(new_server: NewServer) -> None:
    server = new_server()
    code = server.site.setup_code
    server.site.stop()
    server.site.start()
    assert server.site.setup_code == code
    answer = server.send("POST", "/setup", {**FOUNDING, "code": f" {code.lower().replace('-', ' ')} "})
    assert answer.status_code == 201, "however it is typed"


def test_an_invitation_is_good_for_a_month_at_most(tmp_path: Path) -> None:
    assert read_token(token(tmp_path, wall_ms() + 30 * DAY_MS)).site == 2
    for expires_ms in (wall_ms() + 40 * DAY_MS, 1 << 62):
        with pytest.raises(TokenRefused):
            read_token(token(tmp_path, expires_ms))


@pytest.mark.parametrize("content", [b"\x91" * 5_000, msgspec.msgpack.encode([1] * 9), b"\xc1"])
def test_a_made_up_token_is_damaged(content: bytes) -> None:
    check = sha256(b"bilin token\0" + content).digest()[:4]
    text = PREFIX + base64.urlsafe_b64encode(check + content).decode().rstrip("=")
    with pytest.raises(TokenRefused):
        read_token(text)


@pytest.mark.parametrize(
    ("given", "piped", "said"),
    [
        ("bilin-site-abc", "", "On the command line everybody on this machine can read the token"),
        ("-", "nonsense", "This is no token of an invitation"),
        ("/no/such/file", "", "/no/such/file, which should hold the token, cannot be read"),
    ],
)
def test_a_token_stands_on_no_command_line(tmp_path: Path, given: str, piped: str, said: str) -> None:
    command, environ = [*SERVE, "--join", given], {"BILIN_DATA_DIR": str(tmp_path / "site")}
    done = subprocess.run(command, input=piped, env=environ, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert not (tmp_path / "site").exists()


def test_codes_are_read_over_the_telephone() -> None:
    assert not set("ILOU") & set(ALPHABET)
    assert len(ALPHABET) == 32
    assert len({new_code() for _ in range(100)}) == 100
