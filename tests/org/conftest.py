"""Fixtures of the tests of org: a company, over HTTP."""

from tests.identity.conftest import boss, office, settings

__all__ = ["boss", "office", "settings"]
