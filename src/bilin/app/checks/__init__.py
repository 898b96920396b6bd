"""What `bilin doctor` looks at of the machine, the data folder and the servers; modules bring checks of their own."""

from collections.abc import Sequence

from bilin.app.checks.database import look_at_database, look_at_schema
from bilin.app.checks.folder import look_at_disk, look_at_keys, look_at_owners
from bilin.app.checks.machine import look_at_clock, look_at_settings
from bilin.app.checks.ports import look_at_ports
from bilin.app.checks.servers import look_at_bus, look_at_web
from bilin.app.checks.sites import look_at_sites
from bilin.core.checks import Check, Examined, Observation, unchecked
from bilin.core.house import modules

OWN: Sequence[Check] = (
    look_at_settings,
    look_at_owners,
    look_at_keys,
    look_at_disk,
    look_at_clock,
    look_at_database,
    look_at_schema,
    look_at_ports,
    look_at_bus,
    look_at_web,
    look_at_sites,
)


async def examine(examined: Examined) -> list[Observation]:
    """Everything, in order. A check that fails itself is one that could not be done, with the reason."""
    found: list[Observation] = []
    declared = (check for module in modules() for feature in module.features for check in feature.checks)
    for check in (*OWN, *declared):
        try:
            found += [observation async for observation in check(examined)]
        except Exception as failed:
            name = check.__name__.removeprefix("look_at_")
            found.append(unchecked(f"app.{name}", f"This could not be looked at: {failed!r}."))
    return found
