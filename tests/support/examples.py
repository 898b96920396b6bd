"""Events of types whose writing is declared, made from the declaration: whoever declares a fact gets its histories."""

from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

import msgspec

from bilin.core.events import APPLIERS, EVENT_TYPES, Event, write_all
from bilin.core.ids import Id


def declared(module: str) -> list[type[Event]]:
    """The types of a module that have no applier of their own."""
    known = [each.cls for name, each in EVENT_TYPES.items() if name.startswith(f"{module}.")]
    return [cls for cls in known if APPLIERS.get(cls) is write_all]


def example(cls: type[Event], given: Mapping[Any, Any], number: int) -> Event:
    """The example of a type with this number. `given` has values by the type of a field; what names the cell is the
    same in all of them, so that they meet, and the rest is another one with each number."""
    key = {name for write in cls.TYPE.writes for name in write.key}
    may_stay = [each for each in msgspec.structs.fields(cls) if each.default is msgspec.UNSET]
    values: dict[str, Any] = {}
    for place, each in enumerate(msgspec.structs.fields(cls)):
        kinds = get_args(each.type) or (each.type,)
        if len(may_stay) > 1 and each in may_stay and (number // 2 + place) % 3 == 0:
            continue  # left out, as two thirds of the others are not; never all that there is to say
        values[each.name] = _value(each.type, kinds, given, 0 if each.name in key else number)
    return cls(**values)


def _value(kind: Any, kinds: tuple[Any, ...], given: Mapping[Any, Any], number: int) -> Any:
    if type(None) in kinds and number % 3 == 2:
        return None
    choices = next((get_args(each) for each in (kind, *kinds) if get_origin(each) is Literal), None)
    if choices is not None:
        return choices[number % len(choices)]
    found = next((given[each] for each in kinds if each in given), None)
    if found is not None:
        return found(number) if callable(found) else found
    makers: dict[Any, Any] = {bool: number % 2 == 0, str: f"w{number}", int: number, Id: Id(number)}
    makers[bytes] = bytes((number % 256,)) * 32
    return next(makers[each] for each in kinds if each in makers)
