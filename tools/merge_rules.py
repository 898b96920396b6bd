"""`make merge-rules`: write docs/administrators/merge-rules.md from the event types themselves.

The explanations stand here, the facts in the registry. ``--check`` writes nothing, and fails when the page is not what
would be written: so no event type can be added, or get another rule, without the page saying it.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bilin.app.modules import assemble_house
from bilin.core.events import EVENT_TYPES, EventType, Reach

PAGE = Path(__file__).parents[1] / "docs" / "administrators" / "merge-rules.md"
INTRODUCTION = """\
<!-- Written by `make merge-rules` from the event types. Do not edit it here. -->

# Merge rules: what happens when two sites changed things while they were cut off

Every site goes on working while the line is cut. When the line is back, each site takes in what happened at the others.
Nobody chooses between versions and nothing waits for an administrator: everything that can happen in Bilin is of one
of the kinds below, and for each kind there is one rule by which all sites come to the same result, in whatever order
the news arrives.

"Later" always means later by the time at which it happened, not by when it arrived. A site whose clock is more than
five minutes ahead is not listened to until its clock is right, so no site wins by a wrong clock. If two things happen
in the same millisecond, the site with the higher number wins, everywhere alike.

| rule | in one sentence | kinds of events |
| --- | --- | --- |
"""


@dataclass(frozen=True, slots=True)
class Explained:
    """A rule in words for people who run servers and do not write programs."""

    title: str
    sentence: str
    text: str
    example: str


RULES: dict[str, Explained] = {
    "additive": Explained(
        "Everything is kept",
        "Both sites' additions are there afterwards, each once.",
        "Each of these is a thing of its own. Nothing that another site adds can be in its way, and hearing of the same"
        " thing twice changes nothing.",
        "Shanghai and headquarters each write forty messages to the same group while they are cut off from each other. "
        "Afterwards the group has all eighty, at both sites in the same order: by the time at which they were written.",
    ),
    "last_writer": Explained(
        "The later change counts",
        "Of two changes to the same thing the later one stands, at every site.",
        "The same thing was changed at two sites. The later change is kept; the earlier one stays in the log and in the"
        " audit, but no longer shows. Things that differ in any of the points named under *decided for each* do not "
        "touch each other.",
        "At 10:00 somebody in Shanghai renames a group to “Launch”, at 10:05 somebody at headquarters renames it to "
        "“Launch 2027”. Afterwards it is “Launch 2027” everywhere. Had one of them changed their notification "
        "settings meanwhile, that would have been kept as well: it is another thing.",
    ),
    "tombstone": Explained(
        "Taking away wins",
        "What was removed anywhere is gone everywhere, whatever else was done to it.",
        "Taking back, ending and closing are final. A change that was made at another site to what has gone, before or "
        "after, has no effect and does not bring it back.",
        "Li Na in Shanghai recalls a message. Before the line is back, a colleague at headquarters puts a thumbs-up "
        "under it. Afterwards the message is recalled at both sites and the thumbs-up does not show.",
    ),
    "maximum": Explained(
        "It only moves forward",
        "The furthest point that was reached at any site counts.",
        "These are marks that never go back. Each site may have moved the mark; the furthest position is kept.",
        "While travelling, Wang Fang reads a group up to Tuesday at headquarters, and her telephone, which is still "
        "connected to Shanghai, had marked it up to Monday. Afterwards it is read up to Tuesday.",
    ),
    "owned": Explained(
        "One site decides",
        "It can be changed at one site only, so there is nothing to merge.",
        "Each unit of the organisation has a home site, and facts about it are written there alone. A change that is "
        "made at another site is passed on to the home while the person waits. When the home cannot be reached, the "
        "change is refused and the message names the site; nothing is kept for later behind somebody's back. Two "
        "things are left to settle. If a unit got another home while its line was cut, the later change of each field "
        "counts. If two sites gave the same login, it stays with the account that had it first; the status of sites "
        "lists the others until somebody renames them.",
        "Headquarters is the home of the sales department. The administrator in Shanghai wants to deactivate one of "
        "its people while the line is cut: Bilin answers that headquarters must be reached, and changes nothing.",
    ),
}
REACHES = {
    Reach.COMPANY: "every site",
    Reach.SCOPE: "sites of the members",
    Reach.HOME: "the person's home",
    Reach.PERSON: "every site, if policy lets it",
    Reach.SITE: "stays at its site",
}


def page(types: Iterable[EventType]) -> str:
    """The whole page. Raises `SystemExit` when a type has a rule or a reach that nobody has explained."""
    by_rule: dict[str, list[EventType]] = {}
    for each in sorted(types, key=lambda each: each.name):
        if each.merge.rule not in RULES or each.cls.REACH not in REACHES:
            sys.exit(f"tools/merge_rules.py does not explain {each.merge.rule} or {each.cls.REACH} ({each.name})")
        by_rule.setdefault(each.merge.rule, []).append(each)
    rules = [(rule, by_rule[rule]) for rule in RULES if rule in by_rule]
    summary = "".join(f"{_summary(RULES[rule], len(of))}\n" for rule, of in rules)
    return INTRODUCTION + summary + "".join(_chapter(rule, of) for rule, of in rules)


def _summary(explained: Explained, count: int) -> str:
    anchor = explained.title.lower().replace(" ", "-")
    return f"| [{explained.title}](#{anchor}) | {explained.sentence} | {count} |"


def _chapter(rule: str, types: list[EventType]) -> str:
    explained = RULES[rule]
    lines = [
        f"\n## {explained.title}\n",
        f"{explained.text}\n",
        f"*For example:* {explained.example}\n",
        f"In the program: `{rule}`.\n",
        "| event | what happened | decided for each | goes to |",
        "| --- | --- | --- | --- |",
        *(_row(each) for each in types),
    ]
    return "\n".join(lines) + "\n"


def _row(each: EventType) -> str:
    description = " ".join(each.description.split()).replace("|", "\\|")
    fields = ", ".join(each.merge.fields) or "the thing itself"
    return f"| `{each.name}` v{each.version} | {description} | {fields} | {REACHES[each.cls.REACH]} |"


def _differences(there: str, wanted: str) -> Iterator[str]:
    found, expected = there.splitlines(), wanted.splitlines()
    yield from (f"- {line}" for line in found if line not in expected)
    yield from (f"+ {line}" for line in expected if line not in found)


def main(arguments: list[str]) -> None:
    """Write the page, or compare it."""
    assemble_house()
    wanted = page(EVENT_TYPES.values())
    if arguments != ["--check"]:
        PAGE.write_text(wanted, encoding="utf-8")
        return
    there = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if there != wanted:
        print(*_differences(there, wanted), sep="\n")
        sys.exit(f"{PAGE.name} does not say what the event types say: run make merge-rules")
    print(f"{PAGE.name} says what {len(EVENT_TYPES)} event types say.")


if __name__ == "__main__":
    main(sys.argv[1:])
