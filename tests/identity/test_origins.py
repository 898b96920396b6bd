"""Addresses in the settings beside the one a request was sent to: what a proxy needs that changes the Host header."""

import pytest

from bilin.core.settings import HttpSettings
from bilin.identity.origins import Origins

ORIGINS = Origins(HttpSettings(origins=("https://chat.example.com/", " HTTPS://云川.example ")))


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
