"""How a feature declares a job and a schedule (`Feature.jobs`, `Feature.schedules`)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import msgspec
from msgspec import inspect

from bilin.core.site import Site

ATTEMPTS: Final = 8
LIMIT_S: Final = 600.0
ALLOWED = (inspect.IntType, inspect.BoolType, inspect.NoneType)


class Arguments(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a job is about: ids and numbers only, because they lie unsealed in the database. A later release adds only
    fields with a default: jobs of the release before may still wait."""


A = TypeVar("A", bound=Arguments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Generic[A]):
    """Work that is done once, later. It may run again after a crash: what it does must bear repetition."""

    name: str
    """Stable (`messaging.reseal`): jobs that wait know it."""
    arguments: type[A]
    run: Callable[[Site, A], Awaitable[None]]
    record: Callable[[A], str] | None = None
    """The record that it changes (`conversation:7`): of one record no two jobs run at once, whatever their names.
    None: it runs beside everything."""
    attempts: int = ATTEMPTS
    """How often it is begun before it counts as failed; between them it waits, ever longer."""
    limit_s: float = LIMIT_S
    """Seconds after which an attempt is ended, and counts as failed."""

    def lock(self, arguments: A) -> str | None:
        """The lock of the record; None where it needs none."""
        return self.record(arguments) if self.record is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule(Generic[A]):
    """A job that is due again and again. Due times that were missed are made up for once."""

    name: str
    job: Job[A]
    arguments: A
    cron: str = ""
    """Five fields, as crontab(5) has them."""
    every_s: int = 0
    """In place of `cron`: seconds between due times, counted from 1970."""
    zone: str = "UTC"
    """The time zone (IANA) that `cron` is read in."""


JOBS: Final[dict[str, Job[Any]]] = {}
"""All jobs by name, entered when the house is put together."""
SCHEDULES: Final[dict[str, Schedule[Any]]] = {}
"""All schedules by name."""


def check(job: Job[Any]) -> None:
    """Raises `ValueError` for a job that could carry words or secrets in its arguments."""
    if not issubclass(job.arguments, Arguments):
        raise ValueError(f"{job.name}: arguments must be a subclass of Arguments")  # noqa: TRY004 (a declaration)
    described = inspect.type_info(job.arguments)
    fields = described.fields if isinstance(described, inspect.StructType) else ()
    for field in fields:
        if not _is_plain(field.type):
            raise ValueError(f"{job.name}: {field.name} may be an id or a number only: arguments are not sealed")


def _is_plain(found: inspect.Type) -> bool:
    match found:
        case inspect.ListType(item_type=item) | inspect.VarTupleType(item_type=item):
            return _is_plain(item)
        case inspect.UnionType(types=types):
            return all(map(_is_plain, types))
        case _:
            return isinstance(found, ALLOWED)
