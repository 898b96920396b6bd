"""The house is put together here, from the manifests of all modules: once in each process, before anything runs.

Until then no event type, applier or permission of a module is known, and a site cannot be opened.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, cast

from bilin.core import claims, digests, events, jobs, permissions, policies, scopes, undoing
from bilin.core.log import retelling
from bilin.core.module import Feature, Module
from bilin.core.settings import section

T = TypeVar("T")
_ports: dict[Any, Any] = {}
_modules: list[Module] = []


class NotAssembled(RuntimeError):
    """Somebody asked the house before it was put together."""


def assemble(modules: Sequence[Module]) -> None:
    """Enter everything that these modules bring. Again with the same modules it changes nothing.

    Raises `ValueError` when something is declared twice.
    """
    if list(modules) == _modules:
        return
    _clear()
    for module in modules:
        for feature in module.features:
            _enter(feature)
    _modules[:] = modules


def modules() -> Sequence[Module]:
    """The modules of the house. Raises `NotAssembled`."""
    if not _modules:
        raise NotAssembled("the house is not put together: call bilin.app.modules.assemble_house()")
    return _modules


def port(name: T) -> T:
    """What a feature gives under this name (`Feature.ports`); the name itself where nobody does: it is the answer of a
    house without that feature."""
    modules()
    return cast("T", _ports.get(name, name))


def _clear() -> None:
    events.EVENT_TYPES.clear()
    events.APPLIERS.clear()
    digests.PARTS.clear()
    permissions.PERMISSIONS.clear()
    policies.POLICIES.clear()
    section.forget_modules()
    scopes.SCOPE_KINDS.clear()
    jobs.JOBS.clear()
    jobs.SCHEDULES.clear()
    claims.KNOWLEDGE.clear()
    undoing.UNDOINGS.clear()
    retelling.RETELLERS.clear()
    _ports.clear()
    _modules.clear()


def _enter(feature: Feature) -> None:
    for cls in feature.events:
        events.enter(cls)
    for applier in feature.appliers:
        events.enter_applier(applier)
    for each in feature.settings:
        section.enter(each)
    parts = (part for table in feature.tables if (part := digests.part_of(table)) is not None)
    _once(digests.PARTS, ((part.name, part) for part in parts))
    _once(permissions.PERMISSIONS, (feature.permissions or {}).items())
    _once(policies.POLICIES, ((policy.name, policy) for policy in feature.policies))
    _once(scopes.SCOPE_KINDS, ((kind.name, kind) for kind in feature.scopes))
    for job in feature.jobs:
        jobs.check(job)
    _once(jobs.JOBS, ((job.name, job) for job in feature.jobs))
    _once(jobs.SCHEDULES, ((schedule.name, schedule) for schedule in feature.schedules))
    _once(_ports, (feature.ports or {}).items())
    claims.KNOWLEDGE.extend([feature.claims] if feature.claims else ())
    undoing.UNDOINGS.extend([feature.undoing] if feature.undoing else ())
    retelling.RETELLERS.extend([feature.retells] if feature.retells else ())


def _once(registry: dict[Any, Any], declared: Iterable[tuple[Any, Any]]) -> None:
    for name, value in declared:
        if name in registry:
            raise ValueError(f"{name} is declared twice")
        registry[name] = value
