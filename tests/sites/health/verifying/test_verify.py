"""`site verify`: equal after whatever people did, and the first row that was changed by hand is named."""

import asyncio

import pytest
import sqlalchemy as sa

from bilin.core.database import Pool
from bilin.core.digests import FIRST, PARTS, Key, Part, is_compared
from bilin.core.tables import metadata
from bilin.sites.health.verifying import verify
from bilin.sites.health.verifying.answering import DigestDesk
from bilin.sites.health.verifying.asking import Remote
from bilin.sites.health.verifying.questions import (
    AskHashes,
    AskLine,
    AskSums,
    Refusal,
    decode_answer,
    decode_question,
    encode,
)
from bilin.sites.replication.errors import BadBatch, VersionsApart
from tests.sites.health.verifying.conftest import HERE, THERE, Two

SHARED = """SELECT conversation FROM messaging.member m JOIN org.person p ON p.id = m.person
 WHERE present GROUP BY conversation
 HAVING bool_or(p.unit IN (SELECT unit FROM sites.home WHERE site = 2))
    AND bool_or(p.unit NOT IN (SELECT unit FROM sites.home WHERE site = 2))"""
SELECT_PASSWORD = "SELECT person, password FROM identity.account WHERE password IS NOT NULL LIMIT 1"
OTHERWISE = {sa.Boolean: "NOT {0}", sa.Integer: "{0} + 1", sa.Text: "{0} || '!'"}


def _spoilt(table: sa.Table) -> str:
    """What somebody changes by hand in a table: its last column that is compared and no key, else a row goes."""
    _, key, is_scoped = table.info["part"]
    first = next(iter(key.values()))
    where = f"WHERE {first} IN ({SHARED})" if is_scoped else ""
    row = f"ctid = (SELECT ctid FROM {table.fullname} {where} ORDER BY {first} DESC LIMIT 1)"  # noqa: S608
    for column in reversed(table.columns.values()):
        other = next((how for kind, how in OTHERWISE.items() if isinstance(column.type, kind)), None)
        if other is not None and is_compared(column) and not (column.primary_key or column.nullable):
            return f"UPDATE {table.fullname} SET {column.name} = {other.format(column.name)} WHERE {row}"  # noqa: S608
    return f"DELETE FROM {table.fullname} WHERE {row}"  # noqa: S608


TABLES = {table.info["part"][0]: table for table in metadata.tables.values() if "part" in table.info}
CHANGES = {name: _spoilt(TABLES[name]) for name in PARTS}
"""What somebody changes by hand at the other site, by the part it is seen in."""


async def test_equal_after_random_actions(two: Two) -> None:
    verdict = await two.verify()
    assert [each for each in verdict.modules if not each.equal] == []
    assert verdict.equal
    assert not verdict.moving
    assert [each.module for each in verdict.modules] == ["files", "identity", "messaging", "org", "policies", "sites"]
    assert all(each.compared > 0 for each in verdict.modules)
    assert two.bytes < 2_000


def test_every_table_says_whether_it_must_be_equal() -> None:
    said = ("part", "local", "personal")
    silent = {name for name, table in metadata.tables.items() if not any(word in table.info for word in said)}
    assert silent == set(), "say what it is compared as (`compared`), or that it is `LOCAL` or `PERSONAL`"


async def test_every_part_holds_rows(two: Two) -> None:
    """Otherwise the tests of this file would say nothing about it."""
    assert CHANGES.keys() == PARTS.keys()
    async with two.here.acquire() as db:
        assert len(await db.fetch(SHARED)) > 2


async def test_a_row_changed_by_hand_is_named(two: Two) -> None:
    """One after the other, last part first: what is changed earlier must not hide what is looked at before it."""
    for name in reversed(CHANGES):
        changed = await two.there.execute(CHANGES[name])
        assert changed.split()[-1] != "0", name
        verdict = await two.verify()
        (found,) = [each for each in verdict.modules if each.module == PARTS[name].module]
        assert not verdict.equal
        assert not found.equal
        assert found.difference is not None
        assert found.difference.what.startswith(f"{name} ")
        assert found.difference.here != found.difference.there


async def test_what_differs_is_shown_and_a_password_is_not(two: Two) -> None:
    async with two.there.acquire() as db:
        person, password = await db.fetchrow(SELECT_PASSWORD) or (0, "")
        await db.execute("UPDATE identity.account SET password = 'x' WHERE person = $1", person)
    (found,) = [each.difference for each in (await two.verify()).modules if each.difference is not None]
    assert found.what == f"identity.accounts person {person}"
    assert found.here is not None
    assert found.there is not None
    assert found.here.keys() == found.there.keys() == {"password"}
    assert password not in str(found)


async def test_a_conversation_of_one_site_is_not_compared(two: Two) -> None:
    alone = f"SELECT id FROM messaging.conversation WHERE id NOT IN ({SHARED}) LIMIT 1"  # noqa: S608
    async with two.there.acquire() as db:
        conversation = await db.fetchval(alone)
        await db.execute("UPDATE messaging.conversation SET owner_id = 1 WHERE id = $1", conversation)
    assert (await two.verify()).equal


async def test_what_another_site_has_not_followed_yet_is_waited_for(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "QUIET_WITHIN_S", 0.5)
    await _lag(two.there, 1)
    assert (await two.verify()).moving

    async def catch_up() -> None:
        await asyncio.sleep(0.2)
        await _lag(two.there, -1)

    verdict, _ = await asyncio.gather(two.verify(), catch_up())
    assert verdict.equal
    assert not verdict.moving


async def _lag(pool: Pool, events: int) -> None:
    await pool.execute("UPDATE sites.position SET pos = pos - $1", events)


async def test_a_difference_of_the_moment_is_none(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row arrives between the first look and the second."""
    await two.there.execute("UPDATE sites.site SET name = name || '!' WHERE number = 2")
    looked = Remote.hashes

    async def look(self: Remote, *where: object) -> object:
        found = await looked(self, *where)  # type: ignore[arg-type]
        await two.there.execute("UPDATE sites.site SET name = trim('!' FROM name)")
        return found

    monkeypatch.setattr(Remote, "hashes", look)
    verdict = await two.verify()
    assert verdict.equal


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff",
        b"\x91\xa5stand\x00",
        encode(AskSums("org.units", (FIRST,))),
        encode(AskLine("org.units", Key(1, 1 << 63))),
    ],
)
async def test_nonsense_is_refused(database: Pool, payload: bytes) -> None:
    answer = decode_answer(await DigestDesk(database, THERE).answer(HERE, payload))
    assert isinstance(answer, Refusal)
    with pytest.raises(BadBatch):
        decode_question(payload)


async def test_a_part_that_only_one_version_has_is_said(database: Pool) -> None:
    desk = DigestDesk(database, THERE)
    refused = decode_answer(await desk.answer(HERE, encode(AskHashes("org.pets", FIRST, Key(0, 0)))))
    assert refused == Refusal("there is no part org.pets here")
    remote = Remote(lambda question: desk.answer(HERE, question))
    with pytest.raises(VersionsApart, match="no part org"):
        await remote.line(Part("org.pets", ("pet",), "", is_scoped=False), Key(0, 0))
