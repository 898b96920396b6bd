"""Where settings come from: what joining wrote (`site.toml`), one TOML file, then the environment, which wins."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from bilin.core.settings.errors import SettingsError
from bilin.core.settings.section import Key

CONFIG_VARIABLE = "BILIN_CONFIG"
LINK_NAME = re.compile(r"BILIN_(\w+_)?(SERVICE_(HOST|PORT(_\w+)?)|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)")
LINK = re.compile(r"(tcp|udp|sctp)://")
IDENTITY = "site.toml"
"""In the data folder of a branch: which site it is. The lowest source, and for some keys the only one."""
CONFIG_PLACES = (Path("bilin.toml"), Path("/etc/bilin/bilin.toml"))


class Given(msgspec.Struct, frozen=True):
    """A value somebody gave, not checked yet, and where it stands."""

    key: str
    value: Any
    source: str
    is_text: bool = False
    """From the environment: everything is text there."""


def find_config(environ: Mapping[str, str], explicit: Path | None = None) -> Path | None:
    """The TOML file to read: the one named, else the first that exists of `CONFIG_PLACES`, else none."""
    named = explicit or (Path(environ[CONFIG_VARIABLE]) if environ.get(CONFIG_VARIABLE) else None)
    if named is None:
        return next((place.absolute() for place in CONFIG_PLACES if place.is_file()), None)
    if not named.is_file():
        raise SettingsError(f"The configuration file {named} does not exist.")
    return named.absolute()


def from_file(path: Path) -> list[Given]:
    """Everything a TOML file says, one entry a key, tables flattened to ``table.key``."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as broken:
        raise SettingsError(f"{path} cannot be read: {broken}") from broken
    given: list[Given] = []
    for name, value in document.items():
        inner = {f"{name}.{key}": each for key, each in value.items()} if isinstance(value, dict) else {name: value}
        given.extend(Given(key=key, value=_anchored(key, each, path), source=str(path)) for key, each in inner.items())
    return given


def is_service_link(variable: str, text: str) -> bool:
    """Whether Kubernetes made this variable, as it does in every pod for every service: for one called ``bilin`` or
    ``bilin-http`` it looks like a setting (https://kubernetes.io/docs/concepts/services-networking/service/)."""
    return LINK_NAME.fullmatch(variable) is not None or (variable.endswith("_PORT") and LINK.match(text) is not None)


def service_links(environ: Mapping[str, str]) -> list[str]:
    """The variables that are passed over for it."""
    return sorted(name for name, text in environ.items() if name.startswith("BILIN_") and is_service_link(name, text))


def from_environment(environ: Mapping[str, str], keys: list[Key]) -> list[Given]:
    """Every ``BILIN_…`` variable that is not empty. One that names no setting keeps its own name as key."""
    by_variable = {key.variable: key for key in keys}
    given = []
    for variable, text in sorted(environ.items()):
        if not variable.startswith("BILIN_") or variable == CONFIG_VARIABLE or not text:
            continue
        if is_service_link(variable, text):
            continue
        key = by_variable.get(variable)
        value = [part.strip() for part in text.split(",") if part.strip()] if key and key.is_list else text
        given.append(Given(key=key.name if key else variable, value=value, source=variable, is_text=True))
    return given


def _anchored(key: str, value: Any, file: Path) -> Any:
    """A relative folder in a file is meant from where the file lies, not from where the program was started."""
    if key.endswith("_dir") and isinstance(value, str):
        return str(file.parent / Path(value).expanduser())
    return value
