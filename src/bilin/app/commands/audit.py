"""`bilin audit`"""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from bilin.app.configuration import read_configuration
from bilin.app.joining import joined
from bilin.app.migrations import upgrade
from bilin.app.supervisor import Progress
from bilin.core.crypto import Keyring, read_master_key
from bilin.core.database import Pool, open_pool
from bilin.core.settings import DatabaseSettings, Settings, SiteSettings
from bilin.core.site import MASTER_KEY_FILE
from bilin.governance import ANCHOR_FILE, Finding, Report, accept_restored, scratch_tables, verify_chain, verify_state

EXIT_CHANGED, EXIT_SET_BACK, EXIT_NO_ANCHORS = 1, 3, 4
"""2 is any other error, as with all commands."""

audit = App(name="audit", help="The audit chain over everything that happened.")
Config = Annotated[Path | None, Parameter(help="TOML file with the settings.")]


@audit.command
def verify(
    *,
    anchors: Annotated[
        list[Path] | None, Parameter(help="A copy of keys/audit-anchors that you kept elsewhere.")
    ] = None,
    state: Annotated[bool, Parameter(help="Compare every table with what the log says, too.", negative=())] = False,
    config: Config = None,
) -> None:
    """Compute the whole chain again from the log, and compare it with itself and with what was anchored.

    Ends with 0 when all holds, 1 when something was changed, 2 when it cannot be verified, 3 when the log was set back
    (a backup was put back, or the newest events were cut off), 4 when nothing was anchored outside the database.
    """
    progress = Progress()
    report = asyncio.run(_verify(read_configuration(config), progress, anchors or [], state=state))
    _tell(progress, report)
    sys.exit(_exit_code(report))


@audit.command
def accept_restored_backup(*, config: Config = None) -> None:
    """Write down that a backup was put back: what was anchored after it is over. Stop Bilin first."""
    progress = Progress()
    pos = asyncio.run(_accept(read_configuration(config), progress))
    progress.say(
        "restored", f"the log is what it was through position {pos}; that it goes on anew from there is written down"
    )


async def _verify(settings: Settings, progress: Progress, anchors: list[Path], *, state: bool) -> Report:
    async with joined(settings, progress, bus=False) as reachable:
        url, folder = reachable[DatabaseSettings].url, reachable[SiteSettings].data_dir
        await upgrade(url)
        pool = await open_pool(url)
        try:
            master_key = read_master_key(folder / MASTER_KEY_FILE)
            async with progress.step("Verifying the chain", "Chain walked"):
                report = await verify_chain(
                    pool,
                    Keyring(master_key),
                    [folder / ANCHOR_FILE, *anchors],
                    lambda done, of: progress.doing(f"Verifying the chain: {done:,} of {of:,} events"),
                )
            if state:
                await _add_state(report, reachable, pool, master_key, progress)
            return report
        finally:
            await pool.close()


async def _add_state(report: Report, settings: Settings, pool: Pool, master_key: bytes, progress: Progress) -> None:
    keys = Keyring(master_key), Keyring(master_key)
    async with (
        progress.step("Comparing the tables", "Tables compared"),
        scratch_tables(settings[DatabaseSettings].url) as scratch,
    ):
        await verify_state(
            pool,
            scratch,
            keys,
            settings[SiteSettings].node,
            lambda what, done: progress.doing(f"Comparing the tables: {done:,} {what}"),
            report,
        )


async def _accept(settings: Settings, progress: Progress) -> int:
    async with joined(settings, progress, bus=False) as reachable:
        url, folder = reachable[DatabaseSettings].url, reachable[SiteSettings].data_dir
        pool = await open_pool(url)
        try:
            keys = Keyring(read_master_key(folder / MASTER_KEY_FILE))
            return await accept_restored(pool, keys, folder / ANCHOR_FILE)
        finally:
            await pool.close()


def _exit_code(report: Report) -> int:
    if report.count:
        return EXIT_SET_BACK if report.is_set_back_only else EXIT_CHANGED
    return EXIT_NO_ANCHORS if report.events and not report.anchors else 0


def _tell(progress: Progress, report: Report) -> None:
    progress.say("events", f"{report.events} of {report.log_head} in the log")
    progress.say("chain", report.chain)
    if report.keyed_from is None or report.keyed_from > 1:
        old = report.events if report.keyed_from is None else report.keyed_from - 1
        if old:
            progress.line(f"Through position {old} an earlier release made the links, without a key: {_cover(report)}")
    if report.anchored_pos is not None:
        progress.say(
            "anchored", f"through position {report.anchored_pos}, by {report.anchors} lines outside the database"
        )
    elif report.events:
        progress.note(
            "Nothing is anchored outside the database: that the newest events were not cut off is not proven."
        )
    for pos, at_ms in report.restored:
        progress.note(
            f"A backup was put back: the log goes on anew from position {pos + 1} (written down {_time(at_ms)})."
        )
    if report.events < report.log_head:
        progress.line("The newest events are not in the chain yet: the worker adds them while Bilin runs.")
    if report.rows is not None:
        progress.say("tables", f"{report.rows} rows compared with what the log says")
    for finding in report.findings:
        progress.note(_sentence(finding))
    if report.count > len(report.findings):
        progress.note(f"… and {report.count - len(report.findings)} more.")
    _conclude(progress, report)


def _conclude(progress: Progress, report: Report) -> None:
    if report.is_set_back_only:
        progress.line(
            "Was a backup put back? Then say so with `bilin audit accept-restored-backup`; else events were cut off."
        )
    elif report.count:
        progress.line("Compare these places with a backup and with the other sites; delete nothing before that.")


def _cover(report: Report) -> str:
    if report.keyed_from is None:
        return "no link under a key covers them yet; the worker makes it with the next event."
    return (
        f"what they say was so at the latest when the first link under a key (position {report.keyed_from}) was made."
    )


def _sentence(finding: Finding) -> str:
    where = "" if finding.pos is None else f"Position {finding.pos}"
    when = "" if finding.at_ms is None else f" ({_time(finding.at_ms)})"
    return f"{where}{when}{': ' if where else ''}{finding.said} [{finding.kind}]"


def _time(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone().isoformat(timespec="seconds")
