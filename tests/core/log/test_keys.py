"""An Idempotency-Key belongs to the command it first came with."""

import asyncio
from collections.abc import Callable

import pytest

from bilin.core.crypto import Keyring, are_same
from bilin.core.database import Pool
from bilin.core.errors import KeyReused
from bilin.core.ids import Id, PersonId
from bilin.core.log import Decision, LogWriter, Receipt
from tests.core.log.conftest import MASTER_KEY, running
from tests.core.log.facts import NoteAdded

ANN, ROOM = PersonId(7), Id(1 << 40)
KEYS = Keyring(MASTER_KEY)
ONE, OTHER = KEYS.fingerprint(b"one"), KEYS.fingerprint(b"other")


async def add(log: LogWriter, text: str, command: bytes | None) -> Receipt:
    return await log.append(Decision([NoteAdded(room=ROOM, text=text)]), ANN, "key", command)


async def test_another_command_under_the_same_key_is_refused(new_writer: Callable[[], LogWriter], notes: Pool) -> None:
    async with running(new_writer()) as log:
        first = await add(log, "a", ONE)
        assert (await add(log, "a", ONE)).id == first.id
        with pytest.raises(KeyReused):
            await add(log, "b", OTHER)
    async with running(new_writer()) as log:  # nothing is in memory after a restart
        with pytest.raises(KeyReused):
            await add(log, "b", OTHER)
        again = await add(log, "a", ONE)
        assert (again.id, again.pos, again.repeated) == (first.id, first.pos, True)
    assert await notes.fetchval("SELECT count(*) FROM core.log") == 1


async def test_also_in_the_same_batch(log: LogWriter, notes: Pool) -> None:
    answers = await asyncio.gather(add(log, "a", ONE), add(log, "b", OTHER), add(log, "a", ONE), return_exceptions=True)
    first, other, again = answers
    assert isinstance(first, Receipt)
    assert isinstance(again, Receipt)
    assert isinstance(other, KeyReused)
    assert again.id == first.id


async def test_what_an_earlier_release_kept_answers_as_before(new_writer: Callable[[], LogWriter], notes: Pool) -> None:
    async with running(new_writer()) as log:
        first = await add(log, "a", None)
    async with running(new_writer()) as log:
        assert (await add(log, "a", ONE)).id == first.id


def test_another_version_may_write_the_same_command_differently() -> None:
    assert are_same(ONE, KEYS.fingerprint(b"one"))
    assert not are_same(ONE, OTHER)
    assert are_same(ONE, b"\xff\xff" + OTHER[2:] if ONE[:2] != b"\xff\xff" else b"\0\0" + OTHER[2:])
    assert Keyring(bytes(32)).fingerprint(b"one") != ONE
