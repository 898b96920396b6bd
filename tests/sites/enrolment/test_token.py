"""Tokens: what they carry comes back, and damage is told before anything is tried."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography import x509

from bilin.core.ids import wall_ms
from bilin.core.settings import SettingsError, load_settings
from bilin.sites.enrolment import SiteFiles, Token, certificates, ensure_certificates, read_token
from bilin.sites.enrolment.addresses import dial_addresses, split_address
from bilin.sites.enrolment.certificates import authority_bytes, names_in
from bilin.sites.enrolment.errors import TokenRefused
from bilin.sites.enrolment.token import PREFIX, VERSION, write_token


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    places = SiteFiles(tmp_path_factory.mktemp("hq"))
    ensure_certificates(places, ["127.0.0.1"])
    return authority_bytes(places)


@pytest.fixture
def token(authority: bytes) -> Token:
    return Token(VERSION, ("hq.example.com:7420",), authority, 2, "上海", 12345678901, "s" * 64, wall_ms() + 60_000)


def test_it_comes_back_also_when_the_terminal_broke_its_line(token: Token) -> None:
    text = write_token(token)
    assert text.startswith(PREFIX)
    assert read_token(text) == token
    assert read_token(f" {text[:40]}\n  {text[40:90]}\r\n{text[90:]} ") == token


@pytest.mark.parametrize("cut", [1, 5, 300])
def test_a_cut_token_is_damaged(token: Token, cut: int) -> None:
    with pytest.raises(TokenRefused, match="damaged"):
        read_token(write_token(token)[:-cut])


def test_a_changed_character_is_noticed_wherever_it_is(token: Token) -> None:
    text = write_token(token)
    for at in range(len(PREFIX), len(text) - 1, 7):
        other = "A" if text[at] != "A" else "B"
        with pytest.raises(TokenRefused):
            read_token(text[:at] + other + text[at + 1 :])


@pytest.mark.parametrize("text", ["", "hello", PREFIX, PREFIX + "!!!", PREFIX + "x" * 9_000, PREFIX + "é"])
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(TokenRefused):
        read_token(text)


def test_a_token_of_a_later_version_or_without_a_certificate_is_refused(token: Token) -> None:
    with pytest.raises(TokenRefused, match="version 2"):
        read_token(write_token(msgspec.structs.replace(token, version=2)))
    with pytest.raises(TokenRefused, match="certificate"):
        read_token(write_token(msgspec.structs.replace(token, authority=b"none")))
    with pytest.raises(TokenRefused, match="names no"):
        read_token(write_token(msgspec.structs.replace(token, site=1)))


def test_the_certificate_grows_names_and_the_authority_stays(tmp_path: Path) -> None:
    places = SiteFiles(tmp_path)
    ensure_certificates(places, ["127.0.0.1", "hq.example.com"])
    authority, first = authority_bytes(places), places.certificate.read_bytes()
    ensure_certificates(places, ["hq.example.com"])
    assert places.certificate.read_bytes() == first
    ensure_certificates(places, ["chat.example.com"])
    made = x509.load_pem_x509_certificate(places.certificate.read_bytes())
    assert names_in(made) == {"127.0.0.1", "hq.example.com", "chat.example.com"}
    assert authority_bytes(places) == authority
    made.verify_directly_issued_by(x509.load_der_x509_certificate(authority))
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in (tmp_path / "keys").iterdir())


def test_the_certificate_lives_for_three_months_and_is_renewed_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = SiteFiles(tmp_path)

    def made(life: int) -> x509.Certificate:
        monkeypatch.setattr(certificates, "SERVER_LIFE", timedelta(days=life))
        ensure_certificates(places, ["127.0.0.1"])
        monkeypatch.undo()
        return x509.load_pem_x509_certificate(places.certificate.read_bytes())

    def renewed() -> x509.Certificate:
        ensure_certificates(places, ["127.0.0.1"])
        return x509.load_pem_x509_certificate(places.certificate.read_bytes())

    first, authority = made(3652), authority_bytes(places)
    second = renewed()
    assert second.serial_number != first.serial_number, "one of an earlier release, for ten years"
    assert second.not_valid_after_utc - second.not_valid_before_utc <= timedelta(days=92)
    assert renewed() == second
    places.certificate.unlink()
    near = made(29)
    assert renewed().serial_number != near.serial_number, "its end is near"
    assert authority_bytes(places) == authority


def test_the_addresses_of_invitations(tmp_path: Path) -> None:
    own = {"BILIN_DATA_DIR": str(tmp_path)}
    assert dial_addresses(load_settings({**own, "BILIN_SITES_ADDRESS": "hq.example.com:443"})) == (
        "hq.example.com:443",
    )
    assert dial_addresses(load_settings({**own, "BILIN_SITES_LISTEN": "127.0.0.1:9"})) == ("127.0.0.1:9",)
    assert all(each.endswith(":7420") for each in dial_addresses(load_settings(own)))
    assert split_address("[::1]:7420") == ("::1", 7420)
    with pytest.raises(SettingsError, match="host:port"):
        split_address("7420")
