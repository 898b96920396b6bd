"""Addresses in the settings beside the one a request was sent to: what a proxy needs that changes the Host header."""

import pytest

from bilin.core.settings import HttpSettings
from bilin.identity.origins import Origins

ORIGINS = Origins(HttpSettings(origins=("https://chat.example.com/", " HTTPS://云川.example ")))


def test_the_scheme_is_compared() -> None:
    """Who sits between a browser and a server may make pages of http, and none of https."""
    assert not ORIGINS.is_own(b"https://inner:8300", b"inner:8300")
    assert ORIGINS.is_own(b"https://inner:8300", b"inner:8300", is_https=True)
    assert not ORIGINS.is_own(b"http://inner:8300", b"inner:8300", is_https=True)
    assert not ORIGINS.is_own(b"http://chat.example.com", b"chat.example.com"), "the settings know it by https alone"
    assert ORIGINS.is_secure(b"chat.example.com")
    assert not ORIGINS.is_secure(b"inner:8300")


@pytest.mark.parametrize("origin", ["https://chat.example.com", "https://CHAT.example.com", "http://inner:8300"])
def test_pages_of_this_server(origin: str) -> None:
    assert ORIGINS.is_own(origin.encode(), b"inner:8300")


@pytest.mark.parametrize(
    "origin",
    ["http://chat.example.com", "https://chat.example.com.evil", "https://inner", "null", "", "http://", "://"],
)
def test_pages_of_others(origin: str) -> None:
    assert not ORIGINS.is_own(origin.encode(), b"inner:8300")
    assert not ORIGINS.is_own(origin.encode(), b"")
    assert not ORIGINS.is_own(None, None)
