"""What every test may ask for: a fresh database, a bus, settings that point at them."""

import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import structlog
from litestar import Request, Response
from litestar.handlers import HTTPRouteHandler
from xdist.remote import Producer

from bilin.app.contract import refusals_of
from bilin.app.modules import assemble_house
from bilin.core import http
from bilin.core.database import Pool, open_pool
from bilin.core.errors import BilinError
from bilin.core.events import EVENT_TYPES
from bilin.core.settings import Settings, load_settings
from tests.support.effort import EFFORT
from tests.support.seconds import Seconds
from tests.support.servers import TestPostgres, running_nats, running_postgres
from tests.support.together import Together

assemble_house()
# A traceback with every local variable in a frame takes a third of a second of the processor.
structlog.configure(
    [
        *structlog.get_config()["processors"][:-1],
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
    ]
)
SLOW = Path(__file__).with_name("slow")
LONGEST = ("system", "crash", "simulation")
"""Folders of tests with the longest files."""

# How fast the machine is, is no property of the code: a busy one must not fail a test.
hypothesis.settings.register_profile(
    "bilin",
    max_examples=100 * EFFORT,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    print_blob=True,
)
hypothesis.settings.load_profile("bilin")


def pytest_configure(config: pytest.Config) -> None:
    """Who hands tests out, or runs them alone, hears how long each took."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Seconds(config))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What needs minutes or programs of others runs when it is asked for: `make test-slow`."""
    return True if collection_path == SLOW and not any("slow" in each for each in config.args) else None


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """What takes longest begins first: begun last, everything else would have ended and wait for it."""
    items.sort(
        key=lambda item: next((at for at, folder in enumerate(LONGEST) if folder in item.path.parts), len(LONGEST))
    )


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """Who hands tests out to processes."""
    return Together(config, log)


@pytest.fixture(autouse=True)
def clean_registry() -> Iterator[None]:
    """A test that leaves an event type behind fails itself, not whichever test looks at all of them later."""
    yield
    left = {name for name, known in EVENT_TYPES.items() if known.cls.__module__.startswith("tests.")}
    assert left == set(), "take it out of the registry again"


undeclared: list[str] = []
"""Errors that routes answered with in the present test and that they do not declare."""


def note_undeclared(request: Request[Any, Any, Any], error: BilinError) -> Response[bytes]:
    """In the place of `on_bilin_error` in every application, which may outlive a test."""
    handler = request.scope.get("route_handler")
    is_ours = isinstance(handler, HTTPRouteHandler) and handler.fn.__module__.startswith("bilin.")
    if isinstance(handler, HTTPRouteHandler) and is_ours and handler.include_in_schema is not False:
        codes = {each.code for each in refusals_of(request.method, handler.opt)}
        if error.code not in codes:
            undeclared.append(f"{request.method} {request.url.path}: {error.code}")
    return http.on_bilin_error(request, error)


http.EXCEPTION_HANDLERS[BilinError] = note_undeclared


@pytest.fixture(autouse=True)
def declared_refusals() -> Iterator[None]:
    """A route that answers with an error it does not declare fails the test: clients have no type for it."""
    undeclared.clear()
    yield
    assert undeclared == [], "declare them: `opt=refuses(…)`"


@pytest.fixture(autouse=True)
def living_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A tail whose log is lost ends its process: here that is a failed test, not the end of all others."""
    signals: list[signal.Signals] = []
    monkeypatch.setattr(signal, "raise_signal", signals.append)
    yield
    assert signals == [], "a tail stood where its log never was: do two sites of one number share a bus?"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestPostgres]:
    """The PostgreSQL of this run, with the schema of all modules in its template database."""
    with running_postgres(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture(scope="session")
def nats_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The NATS of this run. Tests share it: use subjects of your own, or a site number of your own."""
    with running_nats(tmp_path_factory.mktemp("nats")) as url:
        yield url


@pytest.fixture
async def database_url(postgres: TestPostgres) -> AsyncIterator[str]:
    """A database of this test alone, with the schema and nothing in it."""
    async with postgres.database() as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Pool]:
    """A pool on a database of this test alone."""
    pool = await open_pool(database_url)
    yield pool
    await pool.close()


@pytest.fixture
def settings(database_url: str, nats_url: str, tmp_path: Path) -> Settings:
    """The settings of a site of this test alone."""
    return load_settings(
        {
            "BILIN_DATA_DIR": str(tmp_path / "site"),
            "BILIN_DATABASE_URL": database_url,
            "BILIN_NATS_URL": nats_url,
        }
    )
