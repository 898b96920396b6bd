"""Reading the settings: once, at start. Afterwards they never change."""

import difflib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

from bilin.core.settings.encryption import plain_lines
from bilin.core.settings.errors import SettingsError
from bilin.core.settings.own import NetworkSettings, SiteSettings
from bilin.core.settings.section import Key, Section, keys_of, sections, to_path
from bilin.core.settings.sources import IDENTITY, Given, find_config, from_environment, from_file, service_links

SectionT = TypeVar("SectionT", bound=Section)
DEFAULT = "default"
NODE = "node"


class Settings:
    """All sections, frozen. ``settings[MessagingSettings].edit_window_s`` is typed."""

    def __init__(
        self,
        values: Mapping[type[Section], Section],
        sources: Mapping[str, str],
        file: Path | None,
        passed_over: Sequence[str] = (),
    ) -> None:
        self._values = MappingProxyType(dict(values))
        self._sources = MappingProxyType(dict(sources))
        self.file = file
        self.passed_over = tuple(passed_over)
        """Variables of the environment that look like settings and are Kubernetes' service links."""

    def __getitem__(self, section: type[SectionT]) -> SectionT:
        value = self._values.get(section)
        return value if isinstance(value, section) else section()  # registered after the start: its defaults

    def source(self, key: str) -> str:
        """Where the value of a key (``http.port``) came from: a file, a variable, or `DEFAULT`."""
        return self._sources.get(key, DEFAULT)


def load_settings(environ: Mapping[str, str] | None = None, *, config: Path | None = None) -> Settings:
    """Reads the TOML file and the environment for every registered section.

    Raises `SettingsError` that names everything wrong at once: unknown keys with the nearest valid one, and values
    of the wrong type or range, and addresses on other machines without TLS.
    """
    environ = os.environ if environ is None else environ
    declared = {name: keys_of(name, section) for name, section in sections().items()}
    keys = {key.name: key for each in declared.values() for key in each}
    file = find_config(environ, config)
    said = [*(from_file(file) if file else []), *from_environment(environ, [*keys.values()])]
    given = {each.key: each for each in said}
    problems: list[str] = []
    for own in _identity(keys, given):
        if own.key == NODE and own.key in given:
            problems.extend(_other_site(keys, own, given[own.key]))
        given.setdefault(own.key, own)
    values = {name: _checked(keys, each, problems) for name, each in given.items()}
    if problems:
        raise SettingsError("\n".join(problems))
    named = {
        name: section(**{key.field: values[key.name] for key in declared[name] if key.name in values})
        for name, section in sections().items()
    }
    built = {type(section): section for section in named.values()}
    settings = Settings(built, {name: each.source for name, each in given.items()}, file, service_links(environ))
    if not settings[NetworkSettings].tunnel and (plain := list(plain_lines(declared, named))):
        raise SettingsError("\n".join(plain))
    return settings


def _identity(keys: Mapping[str, Key], given: Mapping[str, Given]) -> list[Given]:
    """What joining wrote in the data folder; nothing elsewhere."""
    named = given.get("data_dir")
    folder = SiteSettings().data_dir if named is None else _checked(keys, named, [])
    file = None if folder is None else folder / IDENTITY
    return from_file(file) if file is not None and file.is_file() else []


def _other_site(keys: Mapping[str, Key], own: Given, given: Given) -> list[str]:
    """A site's number is in every id it made: nobody may give it another one."""
    if _checked(keys, given, []) == own.value:
        return []
    return [
        f"{NODE} = {given.value} (in {given.source}) is not the site of this folder: {own.source} says {own.value}."
    ]


def _checked(keys: Mapping[str, Key], given: Given, problems: list[str]) -> Any:
    key = keys.get(given.key)
    if key is None:
        problems.append(_unknown(keys, given))
        return None
    try:
        return msgspec.convert(_folded(key, given.value), key.type, strict=not given.is_text, dec_hook=to_path)
    except msgspec.ValidationError as wrong:
        shown = "" if key.secret else f" = {given.value!r}"
        problems.append(f"{key.name}{shown} (in {given.source}) is not valid: {wrong}.")
        return None


def _folded(key: Key, value: Any) -> Any:
    """One of several words may be written in any case."""
    return value.strip().lower() if isinstance(value, str) and key.is_choice else value


def _unknown(keys: Mapping[str, Key], given: Given) -> str:
    is_variable = given.is_text
    valid = [key.variable for key in keys.values()] if is_variable else list(keys)
    nearest = difflib.get_close_matches(given.key, valid, n=1, cutoff=0.5)
    where = "in the environment" if is_variable else f"in {given.source}"
    return f"{given.key} ({where}) is not a setting." + (f" Did you mean {nearest[0]}?" if nearest else "")
