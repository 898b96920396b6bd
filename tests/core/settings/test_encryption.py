"""Addresses of servers on other machines without TLS are refused, unless a tunnel carries them."""

import pytest

from bilin.core.settings import NatsSettings, SettingsError, load_settings
from bilin.core.settings.encryption import plain_host

ELSEWHERE = {"BILIN_DATABASE_URL": "postgresql://b:x@db/bilin", "BILIN_NATS_URL": "nats://b:x@bus"}


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("", None),
        ("postgresql://b:x@/bilin?host=%2Frun%2Fpostgresql", None),
        ("postgresql://b:x@localhost/bilin", None),
        ("postgresql://b:x@127.0.0.1:5433,[::1]:5433/bilin", None),
        ("postgresql://b:x@db/bilin", "db"),
        ("postgresql://b:x@db/bilin?sslmode=prefer", "db"),
        ("postgresql://b:p%40x@127.0.0.1,10.0.0.2:5433/bilin", "10.0.0.2"),
        ("postgresql:///bilin?host=/run/postgresql,db2", "db2"),
        ("postgresql://b:x@db1,db2/bilin?sslmode=require", None),
        ("postgres://b:x@db/bilin?sslmode=verify-full", None),
        ("nats://b:x@127.0.0.1:4222", None),
        ("nats://b:x@bus:4222", "bus"),
        ("tls://b:x@bus1, nats://b:x@bus2", "bus2"),
        ("bus3:4222", ""),
        ("tls://b:x@bus1,tls://b:x@bus2", None),
        ("http://store:9000", "store"),
        ("https://store", None),
    ],
)
def test_what_is_without_tls(url: str, host: str | None) -> None:
    assert plain_host(url) == (host or None)


def test_both_are_named_and_no_password_is() -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings(ELSEWHERE)
    said = str(refused.value)
    assert "database.url leads to db without TLS" in said
    assert "?sslmode=verify-full" in said
    assert "nats.url leads to bus without TLS" in said
    assert "tls://" in said
    assert "x@" not in said


def test_the_store_of_files_is_one_of_them() -> None:
    with pytest.raises(SettingsError, match=r"files\.s3_endpoint leads to store without TLS"):
        load_settings({"BILIN_FILES_S3_ENDPOINT": "http://store:9000"})
    load_settings({"BILIN_FILES_S3_ENDPOINT": "http://127.0.0.1:9000"})


def test_a_tunnel_may_carry_them() -> None:
    assert load_settings({**ELSEWHERE, "BILIN_NETWORK_TUNNEL": "true"})[NatsSettings].url == "nats://b:x@bus"
