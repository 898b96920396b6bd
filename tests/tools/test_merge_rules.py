"""What clients are told of merging, and the page of merge rules that it names."""

from pathlib import Path

import pytest

from bilin.core.events import EVENT_TYPES, Event, EventType, Merge, last_writer
from tools.contract.events import events_for_followers, events_shown
from tools.contract.merging import RULES, merging_of
from tools.contract.typescript import typescript

DOCS = Path(__file__).parents[2] / "docs"


class Painted(Event, frozen=True):
    """Somebody painted the wall."""


def test_every_type_is_told_to_those_who_write_programs() -> None:
    written = typescript()
    ours = [name for name, known in EVENT_TYPES.items() if known.cls.__module__.startswith("bilin.")]
    assert sorted(each.name for each in (*events_shown(), *events_for_followers())) == sorted(ours)
    assert [name for name in ours if f" '{name}'" not in written] == []


def test_every_rule_has_its_chapter() -> None:
    page = (DOCS / "administrators" / "merge-rules.md").read_text(encoding="utf-8")
    for rule, title in RULES.items():
        assert f"\n## {title.capitalize()}\n" in page
        assert f"In the program: `{rule}`." in page


def test_sentences_say_what_the_type_says() -> None:
    told = merging_of(EventType("art.painted", 3, last_writer("door", "wall"), Painted))
    assert told == "Merges: the later change counts (door, wall). Goes to: every site."


def test_a_rule_that_nobody_explained_is_refused() -> None:
    with pytest.raises(SystemExit, match="does not explain coin_toss"):
        merging_of(EventType("art.painted", 1, Merge("coin_toss"), Painted))
