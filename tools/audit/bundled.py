"""The programs that come in wheels, PostgreSQL and NATS: their own versions against a table of what is known.

No registry tells of them: a wheel says nothing of the program inside. The table is kept by hand, so it has a date;
after `STALE_DAYS` its age is a finding of its own.
"""

import re
import subprocess
import tomllib
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bilin.app.embedded.binaries import NATS_WHEEL, WHEEL, nats_program, postgres_programs
from tools.audit.locks import Component
from tools.audit.report import Answer

KNOWN = Path(__file__).with_name("known.toml")
STALE_DAYS = 90
"""PostgreSQL makes a minor release every quarter."""
NUMBERS = re.compile(r"\d+(?:\.\d+)+")


def read_known(path: Path = KNOWN) -> dict[str, Any]:
    """The table."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def bundled_programs() -> list[Component]:
    """What is installed here."""
    postgres = _version([str(postgres_programs(None) / "postgres"), "--version"])
    nats = _version([str(nats_program()), "--version"])
    return [
        Component("postgresql", postgres, f"pkg:generic/postgresql@{postgres}?wheel={WHEEL}%40{version(WHEEL)}"),
        Component("nats-server", nats, f"pkg:golang/github.com/nats-io/nats-server/v2@v{nats}?wheel={NATS_WHEEL}"),
    ]


def check_bundled(programs: Sequence[Component], known: dict[str, Any], today: date) -> Answer:
    """What the table says of these versions; how old it is."""
    of: date = known["date"]
    age = (today - of).days
    found = [line for program in programs for line in _of(program, known["program"][program.name])]
    if age > STALE_DAYS:
        found.append(f"the table itself is {age} days old: look up what came since (tools/audit/known.toml)")
    notes = [f"{each.name} {each.version}" for each in programs]
    return Answer("Bundled programs", f"tools/audit/known.toml of {of}, {age} days old", found, notes=notes)


def _of(program: Component, known: dict[str, Any]) -> list[str]:
    own = _numbers(program.version)
    return [
        f"{program.name} {program.version}: {each['what']}; fixed in {each['fixed']} ({each['source']})"
        for each in known["vulnerable"]
        if _numbers(each["since"]) <= own < _numbers(each["fixed"])
    ]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


def _version(command: list[str]) -> str:
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return str(NUMBERS.findall(said)[0])
