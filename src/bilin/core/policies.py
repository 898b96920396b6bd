"""Policies: what an administrator sets for a unit, inherited by the units below, instead of for a whole site.

    RECALL_WITHIN = policy(MessagingSettings, "recall_window_s", int, "seconds")     # where the setting is declared
    window = policy_of(ctx, RECALL_WITHIN)                                            # where a person acts

A policy *is* a setting: its type, bounds, meaning and the value that holds where nobody set another are those of the
settings file, said once. `bilin.policies` keeps what was set and provides `Policies` to the site; modules below and
above it ask through this port, on hot paths too: answers come from memory, in about a microsecond.
"""

from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeAlias, TypeVar, cast

import msgspec

from bilin.core.commands import Context
from bilin.core.ids import PersonId, UnitId
from bilin.core.settings import Section, Settings
from bilin.core.settings.section import keys_of

POLICIES_MANAGE = "policies.manage"

Value: TypeAlias = bool | int | str
Measure = Literal["seconds", "days", "characters", "people", "a_minute", "megabytes", "none"]
"""What a number counts."""
V = TypeVar("V", bool, int, str)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a value may be: a number from `least` to `most`, one of `choices`, or yes and no."""

    kind: Literal["number", "switch", "choice"]
    least: int | None = None
    most: int | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy(Generic[V]):
    """One policy, as declared. Its name is that of the setting: `messaging.recall_window_s`."""

    name: str
    section: type[Section]
    field: str
    type: Any
    meaning: str
    measure: Measure
    bounds: Bounds

    @property
    def module(self) -> str:
        return self.name.partition(".")[0]

    def default(self, settings: Settings) -> V:
        """What holds at this site where nobody set anything."""
        return cast("V", getattr(settings[self.section], self.field))

    def checked(self, value: Value) -> V:
        """The value, when it may be one. Raises `msgspec.ValidationError`."""
        return cast("V", msgspec.convert(value, self.type, strict=True))


POLICIES: dict[str, Policy[Any]] = {}
"""Every policy of the program, by name; filled by `bilin.core.house`."""


def policy(section: type[Section], field: str, of: type[V], measure: Measure = "none") -> Policy[V]:
    """Declare, for a manifest, that a setting is also a policy of units.

    Raises `ValueError` for what no administrator could be shown: what is neither a number, nor yes or no, nor one of a
    few words.
    """
    key = next(key for key in keys_of(section.SECTION, section) if key.field == field)
    found: Policy[V] = Policy(key.name, section, field, key.type, key.meaning, measure, _bounds(key.name, key.type))
    if of is not {"number": int, "switch": bool, "choice": str}[found.bounds.kind]:
        raise ValueError(f"policy {key.name} is no {of.__name__}")
    return found


def _bounds(name: str, kind: Any) -> Bounds:
    match msgspec.inspect.type_info(kind):
        case msgspec.inspect.Metadata(type=msgspec.inspect.BoolType()):
            return Bounds("switch")
        case msgspec.inspect.Metadata(type=msgspec.inspect.IntType(ge=least, le=most)):
            return Bounds("number", least, most)
        case msgspec.inspect.Metadata(type=msgspec.inspect.LiteralType(values=words)):
            return Bounds("choice", choices=tuple(map(str, words)))
    raise ValueError(f"policy {name}: no administrator could set {kind}")


class Policies:
    """Answers what holds for a unit or a person. `bilin.policies` provides one to the site.

    The answers are of this moment: the tail keeps them true. Who needs what follows from all that was heard, and can
    wait some milliseconds, asks `settled` first.
    """

    def of_unit(self, policy: Policy[V], unit: UnitId | None) -> V:
        """What holds for a unit; None: what holds where nobody set anything."""
        raise NotImplementedError

    def of_person(self, policy: Policy[V], person: PersonId) -> V:
        """What holds for a person, by their main unit, their roles and their posts."""
        raise NotImplementedError

    async def settled(self) -> None:
        """Return once the answers rest on everything that this process has heard; after a second in any case."""
        raise NotImplementedError

    def all_of(self, person: PersonId) -> dict[str, Value]:
        """Everything that holds for a person, by name."""
        return {name: self.of_person(policy, person) for name, policy in POLICIES.items()}


def policy_of(ctx: Context, policy: Policy[V]) -> V:
    """What holds for who asks."""
    return ctx.site.get(Policies).of_person(policy, ctx.person)
