"""One URL of several PostgreSQL servers."""

import pytest

from bilin.core.primary import place_of, servers_of


@pytest.mark.parametrize(
    ("url", "servers"),
    [
        ("postgresql://u:p@one/name", ["postgresql://u:p@one/name"]),
        (
            "postgresql://u:p@one,two:5433,[::1]:5434/name?sslmode=require&target_session_attrs=any",
            [
                "postgresql://u:p@one/name?sslmode=require",
                "postgresql://u:p@two:5433/name?sslmode=require",
                "postgresql://u:p@[::1]:5434/name?sslmode=require",
            ],
        ),
        ("postgresql://u:p@/name?host=%2Fa", ["postgresql://u:p@/name?host=%2Fa"]),
        (
            "postgresql://u:p@/name?host=%2Fa,%2Fb&sslmode=disable",
            ["postgresql://u:p@/name?host=%2Fa&sslmode=disable", "postgresql://u:p@/name?host=%2Fb&sslmode=disable"],
        ),
        (
            "postgresql:///name?host=one,two&port=5433",
            ["postgresql:///name?host=one&port=5433", "postgresql:///name?host=two&port=5433"],
        ),
    ],
)
def test_each_server_has_a_url_of_its_own(url: str, servers: list[str]) -> None:
    assert list(servers_of(url)) == servers


def test_the_log_names_a_server_without_its_password() -> None:
    assert place_of("postgresql://u:p@one:5433/name") == "one:5433"
    assert place_of("postgresql://u:p@/name?host=%2Fa") == "/a"
