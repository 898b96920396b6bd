"""The page of merge rules holds every event type, and a page that says something else is found."""

from pathlib import Path

import pytest

from bilin.core.events import EVENT_TYPES, Event, EventType, Merge, last_writer
from tools import merge_rules


class Painted(Event, frozen=True):
    """Somebody painted the
    door | wall."""


def test_every_type_stands_under_its_rule() -> None:
    chapters = merge_rules.page(EVENT_TYPES.values()).split("\n## ")[1:]
    for each in EVENT_TYPES.values():
        (chapter,) = [text for text in chapters if f"`{each.name}`" in text]
        assert chapter.startswith(merge_rules.RULES[each.merge.rule].title)


def test_a_row_says_what_the_type_says() -> None:
    told = merge_rules.page([EventType("art.painted", 3, last_writer("door", "wall"), Painted)])
    assert "| `art.painted` v3 | Somebody painted the door \\| wall. | door, wall | every site |" in told


def test_a_rule_that_nobody_explained_is_refused() -> None:
    with pytest.raises(SystemExit, match="does not explain coin_toss"):
        merge_rules.page([EventType("art.painted", 1, Merge("coin_toss"), Painted)])


def test_the_check_finds_a_page_that_is_not_what_would_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "merge-rules.md"
    monkeypatch.setattr(merge_rules, "PAGE", there)
    with pytest.raises(SystemExit, match="make merge-rules"):
        merge_rules.main(["--check"])
    merge_rules.main([])
    merge_rules.main(["--check"])
    written = there.read_text()
    there.write_text(written.replace("Somebody began a conversation.", "Somebody sang."))
    capsys.readouterr()
    with pytest.raises(SystemExit, match="make merge-rules"):
        merge_rules.main(["--check"])
    assert "+ | `messaging.conversation_created` v1 | Somebody began a conversation." in capsys.readouterr().out
