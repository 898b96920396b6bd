"""What somebody uses up at one process of a site counts at all of them.

Each process counts in its own memory, tells the others over the bus what it charged, five times a second, and takes
what they tell. Whoever asks several processes at the same moment may so get a little more than their share, and waits
the longer for it: what was charged beyond it is owed. While the bus is away each process counts alone.
"""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeAlias

import msgspec
import structlog

from bilin.core.bus import Bus

logger = structlog.get_logger(__name__)

PACE_S = 0.2

Charge: TypeAlias = Callable[[Any, float], None]
"""Takes a name (or what `str` makes one of) and what is charged to it; less than nothing is given back."""


def tell_nobody(_: object, __: float) -> None:
    """For a budget that is of one process."""


class Charged(msgspec.Struct, frozen=True, array_like=True):
    """What one process charged since it told last: budget, name and amount."""

    process: int
    charges: list[tuple[str, str, float]]


_decode = msgspec.msgpack.Decoder(Charged).decode


class Charges:
    """The budgets of this process that are one with those of the others."""

    def __init__(self, bus: Bus, site: int, has_others: Callable[[], bool]) -> None:
        """`has_others`: whether there is any other process to tell."""
        self._bus, self._subject, self._has_others = bus, f"bilin.{site}.charges", has_others
        self._process = secrets.randbits(62)
        self._budgets: dict[str, Charge] = {}
        self._untold: defaultdict[tuple[str, str], float] = defaultdict(float)
        self._telling: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Hear the other processes."""
        await self._bus.subscribe(self._subject, self._receive)

    def share(self, budget: str, charge: Charge) -> Charge:
        """`charge` is called with what other processes charge to a budget; call what is returned with what this one
        does."""
        self._budgets[budget] = charge

        def tell(name: object, amount: float) -> None:
            if self._has_others():
                self._untold[budget, str(name)] += amount
                if self._telling is None or self._telling.done():
                    self._telling = asyncio.get_running_loop().create_task(self._tell())

        return tell

    async def _tell(self) -> None:
        await asyncio.sleep(PACE_S)
        untold, self._untold = self._untold, defaultdict(float)
        charges = [(budget, name, amount) for (budget, name), amount in untold.items()]
        await self._bus.publish(self._subject, msgspec.msgpack.encode(Charged(self._process, charges)))

    async def _receive(self, payload: bytes) -> None:
        try:
            charged = _decode(payload)
        except msgspec.DecodeError:  # of another release
            logger.warning("charges.unreadable")
            return
        if charged.process == self._process:
            return
        for budget, name, amount in charged.charges:
            if (charge := self._budgets.get(budget)) is not None:
                charge(name, amount)
