"""What a source answered, and what that means for the whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field

NOTHING_KNOWN, VULNERABLE, NOT_ANSWERED = 0, 1, 2


@dataclass(frozen=True)
class Answer:
    """Of one source, about one kind of dependencies."""

    about: str
    source: str
    """Where it comes from and of which day it is."""
    found: Sequence[str] = ()
    """What is known, one line each."""
    failed: str = ""
    """Why there is no answer."""
    notes: Sequence[str] = field(default=())


def exit_code(answers: Sequence[Answer]) -> int:
    """Something known goes before no answer."""
    if any(each.found for each in answers):
        return VULNERABLE
    return NOT_ANSWERED if any(each.failed for each in answers) else NOTHING_KNOWN


def lines(answers: Sequence[Answer]) -> list[str]:
    """For people."""
    told: list[str] = []
    for each in answers:
        state = f"NO ANSWER: {each.failed}" if each.failed else f"{len(each.found) or 'nothing'} known"
        told.append(f"{each.about}: {state} ({each.source})")
        told += [f"  ! {line}" for line in each.found]
        told += [f"  · {line}" for line in each.notes]
    return told
