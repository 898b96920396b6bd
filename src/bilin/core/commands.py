"""From a command to a receipt: run the handler, append what it decided, try again when somebody else was faster.

A handler is `async def pin_message(command: PinMessage, ctx: Context) -> Outcome`. It checks permission, rules and the
present state, writes nothing, and returns the events it wants to be true (or nothing, when there is nothing to change).
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from bilin.core.codec import to_json
from bilin.core.database import reading
from bilin.core.errors import BilinError, KeyReused, Stale, TooMany
from bilin.core.events import Event
from bilin.core.ids import PersonId, SessionId
from bilin.core.log import Decision, Receipt
from bilin.core.log.store import find_keys
from bilin.core.site import Site

ATTEMPTS = 3

T = TypeVar("T")
Command = TypeVar("Command")
Outcome: TypeAlias = "Event | Sequence[Event] | Decision | None"


@dataclass(frozen=True, slots=True)
class Actor:
    """On whose behalf something happens."""

    person: PersonId
    session: SessionId


@dataclass(frozen=True, slots=True)
class Context:
    """What a handler or query may use: who asks, and the site's ports."""

    site: Site
    actor: Actor
    key: str | None = None
    """The Idempotency-Key of the request."""
    fresh: bool = False
    """The decision before this one was stale: what the process remembers must be read again."""

    @property
    def person(self) -> PersonId:
        return self.actor.person

    def new_id(self) -> int:
        """An id for an entity that this command makes, when its own events must name it."""
        return self.site.clock.next()


Handler: TypeAlias = Callable[[Command, Context], Awaitable[Outcome]]


async def execute(handler: Handler[Command], command: Command, ctx: Context) -> Receipt | None:
    """Run a handler and append its decision. None when there was nothing to change.

    A repeated key returns the first result, even when the handler would refuse the command by now.
    Raises what the handler raises, `Stale` after three lost races, `Unavailable` while nothing can be committed, and
    `KeyReused` when the key came with another command. Refusing who is too fast costs no question to the database.
    """
    sent = None if ctx.key is None else fingerprint(handler, command, ctx)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            outcome = await handler(command, ctx)
            if outcome is None:
                return await first_result(ctx, sent)
            return await ctx.site.log.append(as_decision(outcome), ctx.person, ctx.key, sent)
        except Stale:
            if attempt == ATTEMPTS:
                raise
            ctx = replace(ctx, fresh=True)
        except TooMany:
            if ctx.key is None or (lately := await ctx.site.log.remembered(ctx.person, ctx.key)) is None:
                raise
            return lately.repeated(sent)
        except KeyReused:
            raise
        except BilinError:
            if (first := await first_result(ctx, sent)) is not None:
                return first
            raise
    raise AssertionError("unreachable")


def fingerprint(handler: Handler[Command], command: Command, ctx: Context) -> bytes:
    """By which a command is recognised when its key comes again."""
    name = getattr(handler, "__qualname__", type(handler).__qualname__)
    return ctx.site.keys.fingerprint(b"%b\0%b" % (name.encode(), to_json(command)))


async def first_result(ctx: Context, sent: bytes | None) -> Receipt | None:
    """What this person's earlier command with the same key resulted in. Raises `KeyReused` when it was another one."""
    if ctx.key is None:
        return None
    async with reading(ctx.site.pool) as db:
        found = (await find_keys(db, [(int(ctx.person), ctx.key)])).get((int(ctx.person), ctx.key))
    return found.repeated(sent) if found else None


def made(what: T | None) -> T:
    """What a command that always makes something gave back. Raises `RuntimeError` for nothing: a mistake of ours."""
    if what is None:
        raise RuntimeError("a command that makes something made nothing")
    return what


def as_decision(outcome: "Event | Sequence[Event] | Decision") -> Decision:
    """One event or several, as a decision without expectations."""
    if isinstance(outcome, Decision):
        return outcome
    return Decision([outcome] if isinstance(outcome, Event) else outcome)
