"""The events that clients are sent: without the fields that are private, and without those that followers alone see."""

from bilin.core.events import EVENT_TYPES, EventType
from bilin.core.ids import PersonId

SOMEBODY = PersonId(1)


def events_shown() -> list[EventType]:
    """The types that reach a client, by name."""
    return [known for known in _ours() if not _is_for_followers(known)]


def events_for_followers() -> list[EventType]:
    """The others."""
    return [known for known in _ours() if _is_for_followers(known)]


def _ours() -> list[EventType]:
    ours = [known for known in EVENT_TYPES.values() if known.cls.__module__.startswith("bilin.")]
    return sorted(ours, key=lambda known: known.name)


def _is_for_followers(known: EventType) -> bool:
    """Whether its audience is nobody, whatever it says: asked without an event, so that it cannot depend on one."""
    try:
        return not known.cls.topics(None, SOMEBODY)  # type: ignore[arg-type]
    except AttributeError:
        return False
