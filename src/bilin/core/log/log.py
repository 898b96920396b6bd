"""The log as everything in a process sees it, whichever process of the site writes it."""

import asyncio
import contextlib

from bilin.core.ids import HybridClock, PersonId
from bilin.core.log.decision import Decision, Kept, Receipt
from bilin.core.log.foreign import Intake, Taken
from bilin.core.log.handover import Desk, Link
from bilin.core.log.tail import Tail
from bilin.core.log.writer import LogWriter, Moved


class Log:
    """Appends decisions: by the writer of this process while it is the one that writes, else by the link to that one.

    A decision that is answered is in the tail of this process: whoever asked finds what they did.
    """

    def __init__(
        self, writer: LogWriter, desk: Desk, link: Link, clock: HybridClock, tail: Tail, *, may_write: bool
    ) -> None:
        """`may_write`: this process is one of those that may write the log."""
        self.writer, self._desk, self._link, self._clock, self._tail = writer, desk, link, clock, tail
        self._may_write = writer.can_move = may_write

    @property
    def is_writing(self) -> bool:
        """Whether this very process can commit."""
        return self.writer.is_writing

    @property
    def run_id(self) -> int:
        """The run (`core.run`) of the writer here; 0 before its first."""
        return self.writer.run_id

    @property
    def is_shared(self) -> bool:
        """Whether other processes answer people of this site beside this one."""
        return not self.is_here or self._desk.has_others

    async def append(
        self, decision: Decision, actor: PersonId | None, key: str | None = None, command: bytes | None = None
    ) -> Receipt:
        """Append a decision. Returns after the commit. `command`: a fingerprint of what the key came with.

        Raises `Stale` when an expectation fails, `KeyReused` when the key came with another command, and `Unavailable`
        when nothing can be committed now; a decision that was answered so may have been committed all the same, so
        repeat it with the same key.
        """
        while True:
            if self.is_here:
                self.writer.observe(self._clock.latest)
                with contextlib.suppress(Moved):
                    return await self.writer.append(decision, actor, key, command)
            try:
                receipt = await self._link.append(decision, actor, key, command)
            except Moved:
                if self.is_here:
                    continue
                raise
            await self._tail.reached(receipt.pos)
            return receipt

    async def remembered(self, actor: PersonId, key: str) -> Kept | None:
        """What somebody's key resulted in, if that was lately: without a question to the database."""
        if not self.is_here:
            with contextlib.suppress(Moved):
                return await self._link.remembered(actor, key)
        return self.writer.remembered(actor, key)

    async def take_in(self, intake: Intake) -> Taken:
        """Append what another site sent: in the process that writes alone, since its effect runs within the commit."""
        return await self.writer.take_in(intake)

    async def can_be_written(self) -> bool:
        """Whether a decision would be committed now, by whichever process."""
        return self.writer.is_writing if self.is_here else await self._link.is_writing()

    async def run(self) -> None:
        """Write the log whenever no other process does, and take decisions of the others, until stopped."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.writer.run())
            tasks.create_task(self._desk.run())
            tasks.create_task(self._link_while_elsewhere())

    async def run_linked(self) -> None:
        """In a process that never writes the log: be connected to the one that does, until stopped."""
        await self._link.run()

    async def _link_while_elsewhere(self) -> None:
        while True:
            await self.writer.lead.elsewhere()
            linked = asyncio.create_task(self._link.run())
            try:
                await self.writer.lead.held()
            finally:
                linked.cancel()
                await asyncio.gather(linked, return_exceptions=True)

    @property
    def is_here(self) -> bool:
        """This process writes the log, as far as it knows; else another one does."""
        return self._may_write and not self.writer.lead.is_elsewhere
