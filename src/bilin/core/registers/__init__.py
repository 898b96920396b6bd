"""Registers: what an event writes is declared once, and how two such events meet follows from the kind of register.

    pins = register(tables.pin, key=("conversation", "message"), fields=("present", "person"))

    @event("messaging.pin_set", version=1, writes=(pins(person="actor"),))
    class PinSet(ConversationEvent, frozen=True, kw_only=True): ...

The declaration gives the statement that turns a whole batch of events into rows, the merge rule that administrators
read, and what the tests of convergence try. Each kind is a join of a semilattice
(Shapiro et al., "Conflict-free Replicated Data Types", 2011): the same rows come out in whatever order, batches and
repetitions the events come.

An applier is written by hand where the matter is no register: numbers in order of arrival, membership, the tree.
"""

from bilin.core.registers.cells import (
    Extreme,
    Fields,
    Once,
    Register,
    Tombstone,
    fields,
    greatest,
    least,
    members,
    once,
    owned,
    register,
    tombstone,
)
from bilin.core.registers.sealing import is_sealed, open_sealed, sealed_columns, sealed_under
from bilin.core.registers.writes import Cell, Source, Write, left_out

__all__ = [
    "Cell",
    "Extreme",
    "Fields",
    "Once",
    "Register",
    "Source",
    "Tombstone",
    "Write",
    "fields",
    "greatest",
    "is_sealed",
    "least",
    "left_out",
    "members",
    "once",
    "open_sealed",
    "owned",
    "register",
    "sealed_columns",
    "sealed_under",
    "tombstone",
]
