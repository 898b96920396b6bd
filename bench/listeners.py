"""What listeners cost the gateway: `python -m bench.listeners [people] [conversations]`.

A company in which everybody is in so many conversations, mostly small ones, as companies are. What a listener costs
does not depend on how many people there are, as long as the conversations are of the same sizes.
"""

import gc
import random
import sys
import tracemalloc
from collections import defaultdict
from time import process_time

from bilin.gateway.audience import KEPT_S, Audience
from bilin.gateway.sockets import Listener

SIZES = ((2, 0.1), (6, 0.3), (20, 0.3), (80, 0.2), (400, 0.1))
"""(members, share of somebody's conversations that are of this size)."""
FIRST_ID = 1 << 55
ENTRIES = 20_000


def company(people: int, each: int) -> list[set[int]]:
    """The conversations of everybody."""
    rng = random.Random(1)  # noqa: S311 (a company, not a secret)
    mine: list[set[int]] = [set() for _ in range(people)]
    conversation = FIRST_ID
    for size, share in SIZES:
        members = min(size, people)
        for _ in range(round(people * each * share / members)):
            conversation += rng.randrange(1, 1 << 22)
            for person in rng.sample(range(people), members):
                mine[person].add(conversation)
    return mine


def connected(mine: list[set[int]]) -> tuple[Audience, list[Listener]]:
    """Everybody, with what they follow looked up, and no socket."""
    audience = Audience()
    listeners = []
    for person, topics in enumerate(mine, 1):
        listener = audience.enter(None, person)  # type: ignore[arg-type]
        audience.settle(listener, set(topics), 0)
        listeners.append(listener)
    return audience, listeners


def bytes_each(people: int, each: int) -> float:
    """What one listener costs."""
    mine = company(people, each)
    gc.collect()
    tracemalloc.start()
    try:
        kept = connected(mine)
        gc.collect()
        return tracemalloc.get_traced_memory()[0] / len(kept[1])
    finally:
        tracemalloc.stop()


def main(people: int = 1_000, each: int = 2_000) -> None:
    """Print memory, and what the processor does for it."""
    print(
        f"{people:,} listeners, {each:,} conversations each: {bytes_each(people, each) / 1000:,.1f} kB each", flush=True
    )
    mine = company(people, each)
    began = process_time()
    audience, listeners = connected(mine)
    print(f"looked up and settled: {(process_time() - began) / people * 1000:.2f} ms each")
    by_size = defaultdict(list)
    for topic in sorted(mine[0]):
        by_size[len(list(audience.of((topic,))))].append(topic)
    for size in (2, 6, 20, 80, 400):
        topics = by_size.get(size) or by_size[max(by_size)]
        began = process_time()
        for number in range(ENTRIES):
            for _ in audience.of((topics[number % len(topics)],)):
                pass
        print(f"who gets an entry, of {size} members: {(process_time() - began) / ENTRIES * 1e6:.2f} µs")
    began = process_time()
    for listener in listeners[:100]:
        audience.leave(None, listener, 0.0)  # type: ignore[arg-type]
    audience.tick(KEPT_S)
    print(f"gone: {(process_time() - began) / len(listeners[:100]) * 1000:.2f} ms each")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
