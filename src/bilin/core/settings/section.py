"""How a module declares its settings: one frozen struct, registered under the module's name."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, TypeVar, get_args, get_origin, get_type_hints

import msgspec

ROOT = ""
"""The section of the keys that stand outside every table of the TOML file (``data_dir``, ``site``, ``node``)."""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Base of a module's settings. Every field has a default, a unit in its name, and a `Meta(description=…)`.

    Subclass it with ``frozen=True`` and decorate it with `settings_section`::

        @settings_section("messaging")
        class MessagingSettings(Section, frozen=True):
            edit_window_s: Annotated[int, Meta(ge=0, description="How long a sender may edit a message")] = 86_400
    """

    SECTION: ClassVar[str]


class Key(msgspec.Struct, frozen=True):
    """One setting, as declared."""

    section: str
    field: str
    type: Any
    meaning: str
    secret: bool
    is_line: bool = False
    """It is an address on another machine, maybe."""

    @property
    def name(self) -> str:
        """What stands in the TOML file and in messages: ``http.port``."""
        return f"{self.section}.{self.field}" if self.section else self.field

    @property
    def variable(self) -> str:
        """The environment variable that overrides it: ``BILIN_HTTP_PORT``."""
        return f"BILIN_{self.name}".replace(".", "_").upper()

    @property
    def is_choice(self) -> bool:
        """Whether it is one of a few words, all of them in lower case."""
        return _bare(self.type) is Literal

    @property
    def is_list(self) -> bool:
        """Whether the environment gives it as a comma-separated list."""
        return _bare(self.type) in (list, tuple)


SectionT = TypeVar("SectionT", bound=Section)
_registered: dict[str, type[Section]] = {}
_of_core: set[str] = set()


def settings_section(name: str) -> Callable[[type[SectionT]], type[SectionT]]:
    """Declares a section: ``[name]`` of the TOML file and ``BILIN_NAME_…`` of the environment. A manifest enters it."""

    def declare(section: type[SectionT]) -> type[SectionT]:
        section.SECTION = name
        section()  # a section whose defaults are not complete fails here, not on a customer's machine
        return section

    return declare


def enter(section: type[Section], *, of_core: bool = False) -> None:
    """Enter a declared section. Raises `ValueError` when its name is taken."""
    earlier = _registered.setdefault(section.SECTION, section)
    if earlier is not section:
        raise ValueError(f"settings section {section.SECTION!r} belongs to {earlier.__qualname__} already")
    if of_core:
        _of_core.add(section.SECTION)


def forget_modules() -> None:
    """Only the sections of core are known."""
    for name in _registered.keys() - _of_core:
        del _registered[name]


def sections() -> dict[str, type[Section]]:
    """All registered sections by name."""
    return dict(_registered)


def keys_of(name: str, section: type[Section]) -> list[Key]:
    """The settings a section declares, in the order it declares them."""
    hints = get_type_hints(section, include_extras=True)
    return [_key(name, field.name, hints[field.name]) for field in msgspec.structs.fields(section)]


def _key(section: str, field: str, hint: Any) -> Key:
    metas = [each for each in get_args(hint)[1:] if isinstance(each, msgspec.Meta)] if _is_annotated(hint) else []
    meaning = next((meta.description for meta in metas if meta.description), "")
    secret, is_line = (any((meta.extra or {}).get(each) for meta in metas) for each in ("secret", "line"))
    return Key(section=section, field=field, type=hint, meaning=meaning, secret=secret, is_line=is_line)


def _bare(hint: Any) -> Any:
    inner = get_args(hint)[0] if _is_annotated(hint) else hint
    return get_origin(inner) or inner


def _is_annotated(hint: Any) -> bool:
    return get_origin(hint) is Annotated


def to_path(kind: type, value: Any) -> Any:
    """The msgspec `dec_hook` for settings: paths may begin with ``~`` and become absolute."""
    if kind is Path and isinstance(value, str):
        return Path(value).expanduser().absolute()
    raise NotImplementedError(kind)
