"""The settings of core itself: where the data is, and how to reach the database, the bus and this server."""

import os
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from bilin.core.settings.section import ROOT, Section, enter, settings_section


def _default_data_dir() -> Path:
    if os.geteuid() == 0:
        return Path("/var/lib/bilin")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "bilin"


DATA_DIR = "Folder that holds everything of this site: database, files, keys"
SITE = "Short name of this site, the same for ever (letters, digits, hyphens)"
NODE = "Number of this site in its ids, different at every site of the company"
HOST = "Address to listen on: 127.0.0.1 = this machine only, 0.0.0.0 = everyone who can reach the machine"
ORIGINS = "Further addresses people use in the browser, such as https://chat.example.com"
ORIGIN = r"^\s*[hH][tT][tT][pP][sS]?://[^\s*/]+/*\s*$"
PROXIES = "Addresses or networks of proxies that are believed when they say where a request comes from: 127.0.0.1"
POINTS = "Points of work one person may ask for in a minute; most requests cost one; 0: as many as they like"
PROGRAM_POINTS = "The same for all programs of one person (bearer tokens) together"
WEB = "Web processes on this machine: a number, or auto = by its processors (one on up to three of them)"
MACHINE = "Number of this machine, different at every machine on which this site runs"
TUNNEL = "true = a tunnel of yours encrypts what goes to PostgreSQL, NATS and stores on other machines without TLS"
DATABASE_URL = "postgresql://… of a database of your own (PostgreSQL 16 or newer); empty = Bilin runs one itself"
SHARED_BUFFERS = "Memory of the embedded PostgreSQL for its cache; 0 = an eighth of the machine's, at most 2 GiB"
POSTGRES_OPTIONS = "Further settings of the embedded PostgreSQL, such as work_mem=64MB"
LOG_LEVEL = "The least severe entries to write; auto = warning on a terminal, info elsewhere"
NATS_PORT = "Port of the embedded NATS on 127.0.0.1; 0 = any free one"
NATS_URL = "tls://… of a NATS server of your own, or of several with commas; empty = Bilin runs one itself"


@settings_section(ROOT)
class SiteSettings(Section, frozen=True):
    """Which site this is and where it keeps its data."""

    data_dir: Annotated[Path, Meta(description=DATA_DIR)] = _default_data_dir()
    site: Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9-]{0,30}$", description=SITE)] = "main"
    node: Annotated[int, Meta(ge=0, le=1023, description=NODE)] = 1


@settings_section("http")
class HttpSettings(Section, frozen=True):
    """Where this server answers."""

    host: Annotated[str, Meta(min_length=1, description=HOST)] = "127.0.0.1"
    port: Annotated[int, Meta(ge=1, le=65535, description="TCP port to listen on")] = 8300
    origins: Annotated[tuple[Annotated[str, Meta(pattern=ORIGIN)], ...], Meta(description=ORIGINS)] = ()
    proxies: Annotated[tuple[str, ...], Meta(description=PROXIES)] = ()


@settings_section("processes")
class ProcessSettings(Section, frozen=True):
    """How the work of this site is divided among processes."""

    web: Annotated[Literal["auto"] | Annotated[int, Meta(ge=1, le=12)], Meta(description=WEB)] = "auto"
    machine: Annotated[int, Meta(ge=0, le=3, description=MACHINE)] = 0


@settings_section("network")
class NetworkSettings(Section, frozen=True):
    """How this site reaches servers on other machines."""

    tunnel: Annotated[bool, Meta(description=TUNNEL)] = False


@settings_section("limits")
class LimitsSettings(Section, frozen=True):
    """How much one person may ask of the server."""

    points_per_minute: Annotated[int, Meta(ge=0, description=POINTS)] = 24_000
    program_points_per_minute: Annotated[int, Meta(ge=0, description=PROGRAM_POINTS)] = 24_000


@settings_section("database")
class DatabaseSettings(Section, frozen=True):
    """The PostgreSQL database."""

    url: Annotated[str, Meta(description=DATABASE_URL, extra={"secret": True, "line": True})] = ""
    pool_size: Annotated[int, Meta(ge=2, le=200, description="Connections each process may hold open")] = 12


@settings_section("postgres")
class PostgresSettings(Section, frozen=True):
    """The PostgreSQL that Bilin runs itself; without effect when ``database.url`` is set."""

    shared_buffers_mb: Annotated[int, Meta(ge=0, description=SHARED_BUFFERS)] = 0
    options: Annotated[tuple[str, ...], Meta(description=POSTGRES_OPTIONS)] = ()


@settings_section("nats")
class NatsSettings(Section, frozen=True):
    """The NATS message bus."""

    url: Annotated[str, Meta(description=NATS_URL, extra={"secret": True, "line": True})] = ""
    port: Annotated[int, Meta(ge=0, le=65535, description=NATS_PORT)] = 0


@settings_section("log")
class LogSettings(Section, frozen=True):
    """What the processes write about their work."""

    level: Annotated[Literal["auto", "debug", "info", "warning", "error"], Meta(description=LOG_LEVEL)] = "auto"
    format: Annotated[
        Literal["auto", "text", "json"], Meta(description="auto = text on a terminal, JSON elsewhere")
    ] = "auto"


for _section in (
    SiteSettings,
    HttpSettings,
    ProcessSettings,
    NetworkSettings,
    LimitsSettings,
    DatabaseSettings,
    PostgresSettings,
    NatsSettings,
    LogSettings,
):
    enter(_section, of_core=True)
