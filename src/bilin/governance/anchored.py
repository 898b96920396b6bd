"""Comparing the chain with what was written down outside the database."""

from datetime import UTC, datetime
from pathlib import Path

from bilin.core.crypto import AuditKey
from bilin.core.log.runs import Runs, end_of
from bilin.governance.anchors import Anchor, AnchorsChanged, read_anchors
from bilin.governance.findings import Finding, Report

MAX_KEPT = 20_000
"""Anchors that are compared; of more, the last of each run and every second of the others, again and again."""


class Anchored:
    """The anchors, and which of them the chain agrees with."""

    def __init__(self, report: Report, key: AuditKey) -> None:
        self._report, self._key = report, key
        self._anchors: list[Anchor] = []
        self._seen: dict[int, bytes] = {}
        self._wanted: set[int] = set()
        self.common = 0
        """The last position of which an anchor agrees with the chain, before the first that does not."""

    def read(self, path: Path) -> None:
        """Take in a file. What an administrator said to be over (a backup was put back) is left out."""
        found: list[Anchor] = []
        try:
            for anchor in read_anchors(path, self._key):
                self._report.anchors += 1
                self._report.anchored_at_ms = anchor.at_ms
                if anchor.kind == "restored":
                    self._report.restored.append((anchor.pos, anchor.at_ms))
                    found = [each for each in found if each.pos <= anchor.pos]
                else:
                    found.append(anchor)
                if len(found) > MAX_KEPT:
                    found = _thinned(found)
        except AnchorsChanged as error:
            self._report.note(Finding("anchors_changed", f"{path}: {error}"))
        self._anchors += found
        self._wanted = {anchor.pos for anchor in self._anchors}

    def leave_out_through(self, pos: int) -> None:
        """What stands there is not looked at."""
        self._anchors = [anchor for anchor in self._anchors if anchor.pos > pos]
        self._wanted = {anchor.pos for anchor in self._anchors}

    def see(self, pos: int, chain: bytes) -> None:
        """The chain after a position, as it is now."""
        if pos in self._wanted:
            self._seen[pos] = chain

    def judge(self, runs: Runs, head: int) -> None:
        """Tell of the first anchor of each kind that the chain does not agree with."""
        told: set[str] = set()
        differing = sorted((each for each in self._anchors if not self._agrees(each)), key=lambda each: each.pos)
        agreeing = [each.pos for each in self._anchors if self._agrees(each)]
        first = differing[0].pos if differing else None
        self.common = max((pos for pos in agreeing if first is None or pos < first), default=0)
        self._report.anchored_pos = max(agreeing, default=None)
        for anchor in differing:
            finding = _judged(anchor, runs, head)
            if finding.kind not in told:
                told.add(finding.kind)
                self._report.note(finding)

    def _agrees(self, anchor: Anchor) -> bool:
        chain = self._seen.get(anchor.pos)
        return chain is not None and chain.hex() == anchor.chain


def _judged(anchor: Anchor, runs: Runs, head: int) -> Finding:
    end = end_of(runs, int(anchor.run), head)
    written = f"what was written down outside the database at {_time(anchor.at_ms)}"
    if anchor.pos <= end:
        said = f"the log through this position is not {written}"
        return Finding("rewritten", said, anchor.pos, anchor.at_ms)
    if runs and runs[-1][0] == int(anchor.run):
        said = f"the newest events were cut off: the log ends at position {head}, before {written}"
        return Finding("cut_off", said, anchor.pos, anchor.at_ms)
    said = f"the log was set back and went on from position {end + 1}: it no longer has {written}"
    return Finding("set_back", said, anchor.pos, anchor.at_ms)


def _time(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone().isoformat(timespec="seconds")


def _thinned(anchors: list[Anchor]) -> list[Anchor]:
    last = {anchor.run: place for place, anchor in enumerate(anchors)}
    return [each for place, each in enumerate(anchors) if place % 2 or last[each.run] == place]
