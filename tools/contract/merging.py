"""What happens to an event when sites meet, and where it goes, in the words of docs/administrators/merge-rules.md."""

import sys

from bilin.core.events import EventType, Reach

RULES = {
    "additive": "everything is kept",
    "last_writer": "the later change counts",
    "tombstone": "taking away wins",
    "maximum": "it only moves forward",
    "owned": "one site decides",
}
"""Each is a chapter of the page."""
REACHES = {
    Reach.COMPANY: "every site",
    Reach.SCOPE: "sites of the members",
    Reach.HOME: "the person's home",
    Reach.PERSON: "every site, if policy lets it",
    Reach.SITE: "stays at its site",
}


def merging_of(known: EventType) -> str:
    """Two sentences. Raises `SystemExit` when a type has a rule or a reach that nobody has explained."""
    if known.merge.rule not in RULES or known.cls.REACH not in REACHES:
        sys.exit(f"tools/contract/merging.py does not explain {known.merge.rule} or {known.cls.REACH} ({known.name})")
    about = ", ".join(known.merge.fields)
    return f"Merges: {RULES[known.merge.rule]}{f' ({about})' if about else ''}. Goes to: {REACHES[known.cls.REACH]}."
