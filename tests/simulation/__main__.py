"""Run histories: `python -m tests.simulation --seeds 10000`, or one of them with its trace: `--seed 1234 -v`."""

import argparse
import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Iterable

from bilin.app.modules import assemble_house
from tests.simulation.history import Outcome, simulate
from tests.simulation.quiet import be_quiet

SHOWN = 10
"""Failing seeds told in full."""


def main() -> int:
    """Run what the arguments say; 1 when an invariant was broken."""
    parser = argparse.ArgumentParser(prog="make simulate", description=__doc__)
    parser.add_argument("--seed", type=int, help="one history, with its outcome")
    parser.add_argument("--seeds", type=int, default=1000, help="how many histories (1000)")
    parser.add_argument("--first", type=int, default=1, help="the first seed (1)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (one a core)")
    parser.add_argument("-v", "--verbose", action="store_true", help="with --seed: everything that happens")
    chosen = parser.parse_args()
    begin()
    if chosen.seed is not None:
        return report([simulate(chosen.seed, verbose=chosen.verbose)])
    with multiprocessing.Pool(chosen.jobs, begin) as pool:
        seeds = range(chosen.first, chosen.first + chosen.seeds)
        return report(watch(pool.imap_unordered(simulate, seeds, chunksize=10), chosen.seeds))


def begin() -> None:
    """Make a process ready."""
    assemble_house()
    be_quiet()


def watch(outcomes: Iterable[Outcome], total: int) -> list[Outcome]:
    """Collect outcomes, and tell of each failure at once."""
    collected: list[Outcome] = []
    failures = 0
    for outcome in outcomes:
        collected.append(outcome)
        if outcome.problem:
            failures += 1
            if failures <= SHOWN:
                tell(outcome)
        if len(collected) % 1000 == 0:
            print(f"{len(collected)} of {total} histories, {failures} broken", file=sys.stderr)
    return collected


def tell(outcome: Outcome) -> None:
    """What is wrong with a seed, and how to see it again."""
    print(f"seed {outcome.seed}: {outcome.problem}\n  again: make simulate SEED={outcome.seed}")


def report(outcomes: list[Outcome]) -> int:
    """The figures of a run."""
    broken = sorted(outcome.seed for outcome in outcomes if outcome.problem)
    tally: Counter[str] = Counter()
    for outcome in outcomes:
        tally.update(outcome.tally)
    site_hours = sum(outcome.site_hours for outcome in outcomes)
    if len(outcomes) == 1 and broken:
        tell(outcomes[0])
    sites = [outcome.sites for outcome in outcomes]
    print(f"{len(outcomes)} histories of {min(sites)} to {max(sites)} sites, {site_hours:,.0f} site-hours")
    print(", ".join(f"{what} {count:,}" for what, count in sorted(tally.items())))
    cpu_s = sum(outcome.cpu_s for outcome in outcomes)
    per_minute, each_ms = site_hours / cpu_s * 60, cpu_s / len(outcomes) * 1000
    print(f"{per_minute:,.0f} site-hours a minute of one core, {each_ms:.0f} ms of it a history")
    print(f"broken: {broken}" if broken else "all invariants held")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
