"""The garbage collector of a server process.

CPython's defaults suit short programs: it looks for cycles after every 700 new objects. A server keeps hundreds of
thousands of objects (caches, recent entries, connections) that it would walk again and again: a third of the web
process's CPU at 1,000 messages a second. Nearly all of our garbage is freed by reference counts anyway.
"""

import gc

YOUNG = 50_000
"""New containers before the youngest generation is looked through: some 10 MB of possible cycles at most."""
MIDDLE = 20
OLD = 50


def settle() -> None:
    """Call once everything that lives as long as the process exists."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
