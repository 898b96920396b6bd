"""What every setting is, where it came from and what it means: `bilin config explain`."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

import msgspec

from bilin.core.settings.load import Settings
from bilin.core.settings.section import keys_of, sections


class Explained(msgspec.Struct, frozen=True):
    """One setting, ready to be shown; secrets are masked."""

    key: str
    value: str
    source: str
    meaning: str
    variable: str


def explain(settings: Settings) -> list[Explained]:
    """All settings, section by section in the order of their names, those without a section first."""
    return [
        Explained(
            key=key.name,
            value=_shown(getattr(settings[section], key.field), key.secret),
            source=settings.source(key.name),
            meaning=key.meaning,
            variable=key.variable,
        )
        for name, section in sorted(sections().items())
        for key in keys_of(name, section)
    ]


def _shown(value: Any, secret: bool) -> str:
    if isinstance(value, (tuple, list)):
        return ", ".join(str(each) for each in value)
    return _masked(str(value)) if secret else str(value)


def _masked(text: str) -> str:
    """A URL without its password, or several with commas between; any other secret as dots."""
    several = text.split(",")
    if len(several) > 1 and all("://" in each for each in several):
        return ",".join(map(_masked, several))
    parts = urlsplit(text)
    if not parts.netloc:
        return "•••" if text else ""
    person, _, place = parts.netloc.rpartition("@")
    netloc = f"{person.split(':')[0]}:•••@{place}" if person else place
    return urlunsplit(parts._replace(netloc=netloc))
