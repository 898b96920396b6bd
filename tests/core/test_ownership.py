"""Whose things are is never guessed."""

import pytest

from bilin.core.commands import Actor, Context, made
from bilin.core.ids import PersonId, SessionId
from bilin.core.ownership import Ownership, ownership
from bilin.core.settings import Settings
from bilin.core.site import open_site


async def test_a_site_that_does_not_know_owners_owns_nothing(settings: Settings) -> None:
    site = await open_site(settings)
    try:
        ctx = Context(site, Actor(PersonId(1), SessionId(1)))
        with pytest.raises(KeyError):
            ownership(ctx)
        site.provide(Ownership, known := Ownership())
        assert ownership(ctx) is known
    finally:
        await site.close()


def test_what_must_be_made_is_made() -> None:
    assert made(5) == 5
    with pytest.raises(RuntimeError):
        made(None)
