"""What a verification of the audit chain finds."""

from dataclasses import dataclass, field
from typing import Literal

from bilin.core.ids import time_ms

MAX_TOLD = 20
"""Findings that are told one by one; all are counted."""
Kind = Literal[
    "missing",
    "changed",
    "moved",
    "damaged",
    "unlinked",
    "relinked",
    "unkeyed",
    "outside",
    "rewritten",
    "cut_off",
    "set_back",
    "anchors_changed",
    "state",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was."""

    kind: Kind
    said: str
    pos: int | None = None
    """The position in the log; None: it is about a table or a file."""
    at_ms: int | None = None
    """When that event happened, as far as its row says so (Unix milliseconds)."""


@dataclass(slots=True)
class Report:
    """What was verified, and what was found."""

    events: int = 0
    """Events that the chain covers."""
    log_head: int = 0
    chain: str = "0" * 64
    """Its last link, hexadecimal."""
    keyed_from: int | None = None
    """The first position whose link was made with a key."""
    anchors: int = 0
    """Lines of the file of anchors that were read."""
    anchored_pos: int | None = None
    """Through where anchors prove that nothing was cut off."""
    anchored_at_ms: int | None = None
    """When something was last written down outside the database."""
    restored: list[tuple[int, int]] = field(default_factory=list)
    """Backups that an administrator said were put back: through which position, and when that was said."""
    rows: int | None = None
    """Rows of tables that were compared with the log; None: not asked for."""
    findings: list[Finding] = field(default_factory=list)
    count: int = 0
    max_told: int = MAX_TOLD

    def note(self, finding: Finding) -> None:
        """Add a finding."""
        self.count += 1
        if len(self.findings) < self.max_told:
            self.findings.append(finding)

    def event(self, kind: Kind, said: str, pos: int, identifier: int | None) -> None:
        """Add a finding about one event."""
        at_ms = time_ms(identifier) if identifier is not None and identifier > 0 else None
        self.note(Finding(kind, said, pos, at_ms))

    @property
    def is_set_back_only(self) -> bool:
        """Whether all there is to tell is that the log ends before, or went on differently after, what was anchored
        by an earlier run: as it is when a backup was put back."""
        return self.count > 0 and all(each.kind == "set_back" for each in self.findings)
