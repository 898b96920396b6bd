"""The list of all modules, lowest first. A new module is one line here."""

from bilin import files, gateway, governance, identity, messaging, org, policies, search, sites
from bilin.app import jobs
from bilin.core.house import assemble
from bilin.core.module import Module

MODULES: tuple[Module, ...] = (
    org.module,
    sites.module,
    identity.module,
    policies.module,
    files.module,
    messaging.module,
    search.module,
    gateway.module,
    governance.module,
    jobs.module,
)


def assemble_house() -> None:
    """Put the house together: each process does so before anything else."""
    assemble(MODULES)
