"""What `bilin doctor` says of the audit chain."""

from pathlib import Path

import pytest

from bilin.core.checks import Examined, Health
from bilin.core.settings import SiteSettings
from bilin.governance import checks
from tests.governance.conftest import Archive


async def look(archive: Archive) -> list[Health]:
    site = archive.house.site
    examined = Examined(site.settings, site.settings[SiteSettings].data_dir, site.pool)
    return [each.health async for each in checks.look_at_chain(examined)]


async def test_the_newest_links_hold(archive: Archive) -> None:
    assert await look(archive) == ["well"]


async def test_a_change_in_what_is_looked_at_is_found(archive: Archive) -> None:
    await archive.sql("UPDATE core.log SET actor = actor + 1 WHERE pos = (SELECT max(pos) FROM core.log)")
    assert await look(archive) == ["broken"]


async def test_what_lies_before_is_for_the_whole_walk(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "NEWEST", 3)
    await archive.sql("UPDATE core.log SET actor = 7 WHERE pos = 2")
    assert await look(archive) == ["well"]
    assert (await archive.verify()).count == 1
    head = await archive.fetch("SELECT max(pos) FROM governance.audit")
    await archive.sql(f"UPDATE governance.audit SET chain = '\\x00' WHERE pos = {head - 3}")  # noqa: S608 (of the test)
    assert await look(archive) == ["broken"], "the link before them is not what they were made of"


async def test_an_end_that_was_cut_off_is_found_by_its_anchor(archive: Archive) -> None:
    await archive.sql(
        "DELETE FROM governance.audit WHERE pos = (SELECT max(pos) FROM core.log)",
        "DELETE FROM core.log WHERE pos = (SELECT max(pos) FROM core.log)",
    )
    assert await look(archive) == ["broken"]


async def test_a_chain_that_falls_behind_or_is_not_anchored(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(checks, "BEHIND", 0)
    await archive.house.hire("Zoe")
    assert await look(archive) == ["well", "warning"]
    monkeypatch.setattr(checks, "ANCHOR_FILE", tmp_path / "none")
    assert await look(archive) == ["well", "warning", "warning"]
