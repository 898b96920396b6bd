"""The audit chain proves what it says: whoever changes the tables without the key is found out, and where."""

import asyncio
import hashlib
import struct
from pathlib import Path

import pytest

from bilin.core.crypto import AuditKey
from bilin.core.ids import time_ms
from bilin.core.log.store import read_range
from bilin.governance import accept_restored
from bilin.governance.chain import GENESIS, link, old_content_hash, old_link
from bilin.governance.restored import NothingSetBack
from tests.governance.conftest import Archive

BARE = "SELECT pos, content FROM governance.audit ORDER BY pos"
LOG_COLUMNS = {
    "id": "id + 1",
    "site": "site + 1",
    "actor": "actor + 1",
    "key": "'another'",
    "span": "span + 1",
    "type": "'messaging.message_edited'",
    "version": "version + 1",
    "arrived": "id + 5000",
    "mark": "'\\x00112233445566778899aabbccddeeff'",
    "command": "'\\x01'",
    "topics": "'\\x'",
    "scope": "coalesce(scope, 0) + 1",
    "body": "set_byte(body, 30, get_byte(body, 30) # 1)",
}
"""Every column of the log but its place, and how somebody changes it."""


async def test_what_nobody_changed_holds(archive: Archive) -> None:
    report = await archive.verify()
    assert (report.count, report.keyed_from) == (0, 1)
    assert report.events == report.log_head == report.anchored_pos
    assert report.anchors == 1


async def test_every_column_of_the_log_is_tried(archive: Archive) -> None:
    async with archive.house.site.pool.acquire() as db:
        rows = await db.fetch(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'core.log'::regclass AND attnum > 0 AND NOT attisdropped"
        )
    assert {row["attname"] for row in rows} == LOG_COLUMNS.keys() | {"pos"}


@pytest.mark.parametrize("column", LOG_COLUMNS)
async def test_a_changed_column_is_found(archive: Archive, column: str) -> None:
    await archive.sql(f"UPDATE core.log SET {column} = {LOG_COLUMNS[column]} WHERE pos = 9")  # noqa: S608 (of the test)
    found = await archive.kinds()
    assert [pos for _, pos in found] == [9]
    assert found[0][0] == ("damaged" if column in ("id", "body", "type") else "changed")


async def test_an_event_that_was_taken_out_is_found_with_its_time(archive: Archive) -> None:
    before = await archive.fetch("SELECT id FROM core.log WHERE pos = 8")
    await archive.sql("DELETE FROM core.log WHERE pos = 9")
    (finding,) = (await archive.verify()).findings
    assert (finding.kind, finding.pos) == ("missing", 9)
    assert finding.at_ms == time_ms(int(str(before)))


async def test_an_event_taken_out_together_with_its_link_is_found(archive: Archive) -> None:
    await archive.sql("DELETE FROM core.log WHERE pos = 9", "DELETE FROM governance.audit WHERE pos = 9")
    assert await archive.kinds() == [("missing", 9), ("unlinked", 9)]


async def test_a_link_taken_out_is_found(archive: Archive) -> None:
    await archive.sql("DELETE FROM governance.audit WHERE pos = 9")
    assert await archive.kinds() == [("unlinked", 9)]


async def test_a_gap_that_was_closed_is_found(archive: Archive) -> None:
    await archive.sql(
        "DELETE FROM core.log WHERE pos = 9",
        "DELETE FROM governance.audit WHERE pos = 9",
        "UPDATE core.log SET pos = -pos WHERE pos > 9",
        "UPDATE core.log SET pos = -pos - 1 WHERE pos < 0",
        "UPDATE governance.audit SET pos = -pos WHERE pos > 9",
        "UPDATE governance.audit SET pos = -pos - 1 WHERE pos < 0",
    )
    found = await archive.kinds()
    assert ("relinked", 9) in found
    assert found[-1][0] == "cut_off"


async def test_two_events_that_were_exchanged_are_found(archive: Archive) -> None:
    await archive.sql(
        "UPDATE core.log SET pos = -1 WHERE pos = 9",
        "UPDATE core.log SET pos = 9 WHERE pos = 11",
        "UPDATE core.log SET pos = 11 WHERE pos = -1",
    )
    assert await archive.kinds() == [("moved", 9), ("moved", 11)]


async def test_rows_before_the_beginning_are_found(archive: Archive) -> None:
    await archive.sql("UPDATE core.log SET pos = 0 WHERE pos = 9")
    assert [kind for kind, _ in await archive.kinds()] == ["outside", "missing"]


async def relink(archive: Archive, key: AuditKey | None, name: int | None) -> None:
    """Compute the whole chain anew from what the log says now, as somebody does who has not the right key."""
    async with archive.house.site.pool.acquire() as db:
        head = await db.fetchval("SELECT max(pos) FROM core.log")
        before = GENESIS
        for row in await read_range(db, archive.keys, 0, head):
            pos, content = row.record.pos, old_content_hash(row)
            before = old_link(before, pos, content) if key is None else link(key, before, pos, content)
            await db.execute(
                "UPDATE governance.audit SET content = $2, chain = $3, key = $4 WHERE pos = $1",
                pos,
                content,
                before,
                name,
            )


async def test_a_chain_computed_anew_without_the_key_is_found(archive: Archive) -> None:
    await archive.sql("UPDATE core.log SET actor = actor + 1 WHERE pos = 9")
    await relink(archive, AuditKey(bytes(32)), archive.keys.audit.id)
    assert ("relinked", 1) in await archive.kinds()
    await relink(archive, AuditKey(bytes(32)), AuditKey(bytes(32)).id)
    assert ("relinked", 1) in await archive.kinds()


async def test_a_chain_computed_anew_as_earlier_releases_did_is_found_by_its_anchor(archive: Archive) -> None:
    head = await archive.link()
    await archive.sql("UPDATE core.log SET actor = actor + 1 WHERE pos = 9")
    await relink(archive, None, None)
    assert await archive.kinds() == [("rewritten", head)]


async def test_a_plain_hash_in_place_of_a_link_is_found(archive: Archive) -> None:
    before = await archive.fetch("SELECT chain FROM governance.audit WHERE pos = 8")
    content = await archive.fetch("SELECT content FROM governance.audit WHERE pos = 9")
    assert isinstance(before, bytes)
    assert isinstance(content, bytes)
    chain = hashlib.sha256(before + struct.pack(">q", 9) + content).hexdigest()
    await archive.sql(f"UPDATE governance.audit SET chain = '\\x{chain}', key = NULL WHERE pos = 9")  # noqa: S608
    assert await archive.kinds() == [("unkeyed", 9), ("relinked", 10)]


async def test_a_worker_that_is_made_to_link_anew_does_not_launder(archive: Archive) -> None:
    await archive.sql(
        "UPDATE core.log SET actor = actor + 1 WHERE pos = 9",
        "TRUNCATE governance.audit",
        "UPDATE core.follower SET pos = 0 WHERE name = 'governance.audit'",
    )
    await archive.link(anchor=False)
    (finding,) = (await archive.verify()).findings
    assert finding.kind == "rewritten"


CUT = (
    "DELETE FROM core.log WHERE pos > 10",
    "DELETE FROM governance.audit WHERE pos > 10",
    "UPDATE core.follower SET pos = 10",
)


async def test_events_cut_off_at_the_end_are_found_by_the_anchor(archive: Archive) -> None:
    head = await archive.link()
    await archive.sql(*CUT)
    assert await archive.kinds() == [("cut_off", head)]


async def begin_new_run(archive: Archive, first: int = 11) -> None:
    """As a log writer does when it starts."""
    await archive.sql(
        f"INSERT INTO core.run (number, id, first_pos) SELECT max(number) + 1, max(id) / 2 + 1, {first} FROM core.run"  # noqa: S608
    )


async def test_a_log_that_was_set_back_is_told_apart_and_can_be_said_to_be_right(archive: Archive) -> None:
    head = await archive.link()
    await archive.sql(*CUT)
    await begin_new_run(archive)
    report = await archive.verify()
    assert [(each.kind, each.pos) for each in report.findings] == [("set_back", head)]
    assert report.is_set_back_only
    assert await accept_restored(archive.house.site.pool, archive.keys, archive.anchors) == 0
    report = await archive.verify()
    assert (report.count, [pos for pos, _ in report.restored]) == (0, [0])


async def test_only_what_lies_behind_the_last_common_anchor_is_accepted(archive: Archive) -> None:
    house = archive.house
    common = await archive.link()
    (anna,) = await house.hire("Anna 2")
    head = await archive.link()
    assert head == common + 1
    await archive.sql(
        f"DELETE FROM core.log WHERE pos > {common}",  # noqa: S608
        f"DELETE FROM governance.audit WHERE pos > {common}",  # noqa: S608
    )
    await begin_new_run(archive, common + 1)
    assert await accept_restored(house.site.pool, archive.keys, archive.anchors) == common
    assert (await archive.verify()).anchored_pos == common
    await archive.sql("DELETE FROM core.log WHERE pos = 3")
    assert await archive.kinds() == [("missing", 3)]
    assert anna


async def test_a_change_is_not_accepted_as_a_backup(archive: Archive) -> None:
    with pytest.raises(NothingSetBack):
        await accept_restored(archive.house.site.pool, archive.keys, archive.anchors)
    await archive.sql("DELETE FROM core.log WHERE pos = 9")
    with pytest.raises(NothingSetBack):
        await accept_restored(archive.house.site.pool, archive.keys, archive.anchors)


async def test_links_of_an_earlier_release_are_carried_over(archive: Archive) -> None:
    await relink(archive, None, None)
    await asyncio.to_thread(archive.anchors.unlink)
    head = await archive.link()
    report = await archive.verify()
    assert (report.count, report.keyed_from, report.events) == (0, None, head)
    await archive.house.hire("Dora")
    await archive.link()
    report = await archive.verify()
    assert (report.count, report.keyed_from) == (0, head + 1)
    await archive.sql("UPDATE core.log SET actor = actor + 1 WHERE pos = 9")
    await archive.sql("UPDATE core.log SET span = span + 1 WHERE pos = 10")
    assert await archive.kinds() == [("changed", 9)]  # the old links did not cover spans


async def test_old_links_computed_anew_are_found_by_the_first_link_under_the_key(archive: Archive) -> None:
    await relink(archive, None, None)
    await asyncio.to_thread(archive.anchors.unlink)
    await archive.house.hire("Dora")
    head = await archive.link()
    await archive.sql("UPDATE core.log SET actor = actor + 1 WHERE pos = 9")
    async with archive.house.site.pool.acquire() as db:
        last = await db.fetchrow("SELECT content, chain, key FROM governance.audit WHERE pos = $1", head)
    assert last is not None
    await relink(archive, None, None)
    async with archive.house.site.pool.acquire() as db:
        await db.execute("UPDATE governance.audit SET content = $2, chain = $3, key = $4 WHERE pos = $1", head, *last)
    assert await archive.kinds() == [("relinked", head)]


async def test_the_anchors_themselves_cannot_be_changed(archive: Archive, tmp_path: Path) -> None:
    await archive.house.hire("Dora")
    await archive.link()
    first, second = archive.anchors.read_bytes().splitlines(keepends=True)
    for lines in (second, first.replace(b'"pos":', b'"pos":1') + second, b"nothing\n" + first + second):
        archive.anchors.write_bytes(lines)
        assert ("anchors_changed", None) in await archive.kinds()
    archive.anchors.write_bytes(first + second[:-20])
    assert await archive.kinds() == []  # the power failed while it was written


async def test_anchors_that_were_set_back_are_found_by_a_copy(archive: Archive, tmp_path: Path) -> None:
    early = archive.anchors.read_bytes()
    early_head = await archive.link()
    await archive.house.hire("Dora")
    head = await archive.link()
    copy = tmp_path / "kept-elsewhere"
    copy.write_bytes(archive.anchors.read_bytes())
    archive.anchors.write_bytes(early)
    await archive.sql(
        f"DELETE FROM core.log WHERE pos > {early_head}",  # noqa: S608
        f"DELETE FROM governance.audit WHERE pos > {early_head}",  # noqa: S608
    )
    assert await archive.kinds() == []
    assert await archive.kinds(copy) == [("cut_off", head)]


async def test_a_worker_goes_on_after_a_torn_line(archive: Archive) -> None:
    with archive.anchors.open("ab") as file:
        file.write(b'{"anchor":{"kind":"he')
    await archive.house.hire("Dora")
    head = await archive.link()
    report = await archive.verify()
    assert (report.count, report.anchored_pos, report.anchors) == (0, head, 2)
