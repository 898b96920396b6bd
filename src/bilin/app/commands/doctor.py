"""`bilin doctor`"""

import asyncio
import json
import os
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.console import Console
from rich.text import Text

from bilin.app.configuration import read_configuration
from bilin.app.supervisor.folder import running_site
from bilin.core.checks import Examined, Health, Observation, broken
from bilin.core.database import CONNECTION_ERRORS, Pool, open_pool
from bilin.core.settings import DatabaseSettings, Settings, SettingsError, SiteSettings, load_settings

EXIT_WARNING, EXIT_BROKEN = 1, 3
"""2 is any other error, as with all commands."""
PATIENCE_S = 5.0
MARKS: dict[Health, tuple[str, str]] = {
    "well": ("✓", "green"),
    "warning": ("!", "yellow"),
    "broken": ("✗", "red"),
    "unchecked": ("?", "dim"),
}


def doctor(
    *,
    as_json: Annotated[bool, Parameter(name="--json", help="For programs.", negative=())] = False,
    config: Annotated[Path | None, Parameter(help="TOML file with the settings.")] = None,
) -> None:
    """Look at everything that must be well, and say what to do about what is not. Changes nothing.

    Ends with 0 when all is well, 1 when something needs looking after, 3 when something does not work. What cannot be
    looked at while Bilin does not run is said, and is no fault.
    """
    found = asyncio.run(_examine(config))
    if as_json:
        print(json.dumps(msgspec.to_builtins(found), ensure_ascii=False, indent=2))
    else:
        _tell(Console(highlight=False), found)
    sys.exit(exit_code(found))


def exit_code(found: list[Observation]) -> int:
    """By the worst of what was found."""
    healths = {observation.health for observation in found}
    return EXIT_BROKEN if "broken" in healths else EXIT_WARNING if "warning" in healths else 0


async def _examine(config: Path | None) -> list[Observation]:
    try:
        settings = _reached(read_configuration(config), config)
    except SettingsError as wrong:
        said = f"The settings are not valid: {wrong}"
        return [broken("core.settings", said, "`bilin config explain` lists them all.")]
    from bilin.app.checks import examine  # modules declare their checks, and settings, when they are imported

    async with AsyncExitStack() as stack:
        pool, failed = await _pool(settings, stack)
        found = await examine(Examined(settings, settings[SiteSettings].data_dir, pool))
    return [*failed, *found]


def _reached(settings: Settings, config: Path | None) -> Settings:
    """With the addresses of the servers that `bilin serve` runs on the folder, if it does."""
    running = running_site(settings[SiteSettings].data_dir)
    if running is None or settings[DatabaseSettings].url:
        return settings
    given = {"BILIN_DATABASE_URL": running.database_url, "BILIN_NATS_URL": running.nats_url}
    return load_settings({**os.environ, **given}, config=config or settings.file)


async def _pool(settings: Settings, stack: AsyncExitStack) -> "tuple[Pool | None, list[Observation]]":
    if not (url := settings[DatabaseSettings].url):
        return None, []
    try:
        pool = await asyncio.wait_for(open_pool(url), PATIENCE_S)
    except (OSError, TimeoutError, *CONNECTION_ERRORS) as failed:
        said = f"The database does not answer: {str(failed) or type(failed).__name__}."
        return None, [broken("core.database", said, "Start it, and check database.url (`bilin config explain`).")]
    stack.push_async_callback(pool.close)
    return pool, []


def _tell(console: Console, found: list[Observation]) -> None:
    for each in found:
        mark, style = MARKS[each.health]
        console.print(Text.assemble("  ", (mark, f"bold {style}"), f" {each.check:<18}", each.said), soft_wrap=True)
        if each.advice:
            console.print(Text(f"    {'':<18}→ {each.advice}", style="dim"), soft_wrap=True)
    count = {health: sum(each.health == health for each in found) for health in MARKS}
    console.print(
        f"\n{count['well']} well, {count['warning']} to look after, {count['broken']} broken,"
        f" {count['unchecked']} not looked at."
    )
