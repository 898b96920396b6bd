"""The manifest: what a module brings to the program, feature by feature. `bilin.app.modules` lists all of them.

Importing a module does nothing. The house is put together from the manifests at one place (`bilin.core.house`), for the
web process, the worker, the command line and the tests alike.

A feature also answers the house's questions: what can be found, what is told to whom, what is kept for how long, and so
on. Each is asked by one part of the program, so that a feature which cuts across the others never edits them. What a
feature has none of it says (`NONE`): a test asks every feature, so that nobody forgets a question.
"""

import importlib.util
import pkgutil
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from bilin.core.checks import Check
from bilin.core.claims import Knowledge
from bilin.core.events import Applier, Event
from bilin.core.jobs import Job, Schedule
from bilin.core.log import Follower
from bilin.core.log.retelling import Retell
from bilin.core.policies import Policy
from bilin.core.scopes import ScopeKind
from bilin.core.searchable import Searchable
from bilin.core.settings import Section
from bilin.core.site import Background, Site
from bilin.core.undoing import Undoing

Answers: TypeAlias = Sequence[Any]
"""What a feature declares for a question whose asker is not there yet: the asker gives it its type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One thing that people can do, with everything that belongs to it."""

    name: str
    none: Collection[str] = ()
    """The questions (`QUESTIONS`) to which it has nothing to say."""
    events: Sequence[type[Event]] = ()
    appliers: Sequence[Applier] = ()
    """Made with `applies`. Within a commit they run in the order declared here and in `Module.features`."""
    tables: Sequence[sa.Table] = ()
    permissions: Mapping[str, str] | None = None
    """Its permissions (`module.verb`), and what they allow."""
    settings: Sequence[type[Section]] = ()
    scopes: Sequence[ScopeKind] = ()
    claims: type[Knowledge] | None = None
    """What other sites may say in it."""
    undoing: type[Undoing] | None = None
    """How what was done in it is put back."""
    retells: Retell | None = None
    """What of it may still be shown to who hears of it later."""
    ports: Mapping[Any, Any] | None = None
    """What other modules ask for by a name of theirs, in every process: see `bilin.core.house.port`."""
    routes: Sequence[Any] = ()
    start: Callable[[Site], Awaitable[None]] | None = None
    """Runs in each web process, and in each that may write the log, before the first request: provides what others ask
    for, and listens to the tail. What one process does for all it begins with `Site.keep_while_writing`."""
    followers: Callable[[Site], Sequence[Follower]] | None = None
    """Run in the worker process."""
    background: Callable[[Site], Sequence[Background]] | None = None
    """Tasks of the worker process for its whole life, begun anew when they fail. Called before the tail starts, so that
    it may listen."""

    # What the house asks.
    policies: Sequence[Policy[Any]] = ()
    """What an administrator may set, per unit; asked by the administration and every handler."""
    searchable: Sequence[Searchable] = ()
    """What can be found: texts, and things with a name; asked by search."""
    notifies: Answers = ()
    """What is told to whom, and how loudly; asked by notifications."""
    counted: Answers = ()
    """What is counted; asked by statistics."""
    handed_over: Answers = ()
    """What somebody who leaves leaves behind; asked when they leave."""
    kept: Answers = ()
    """How long it is kept; asked by retention."""
    exported: Answers = ()
    """What is exported; asked by export."""
    audited: Answers = ()
    """What is audited beside events: reads, downloads, calls; asked by the audit."""
    refers: Answers = ()
    """What it refers to; asked by decisions and the assistant."""
    leaves: Answers = ()
    """What text and files go out by it; asked by what governs that."""
    placed: Answers = ()
    """Which sites may have it; asked by sites."""
    checks: Sequence[Check] = ()
    """What tells whether it is well; asked by `bilin doctor`."""
    jobs: Sequence[Job[Any]] = ()
    """What runs later; asked by the worker."""
    schedules: Sequence[Schedule[Any]] = ()
    """What runs again and again; asked by the worker."""


FIRST_QUESTIONS: Final = frozenset(
    {
        "policies",
        "searchable",
        "notifies",
        "counted",
        "handed_over",
        "kept",
        "exported",
        "audited",
        "refers",
        "leaves",
        "placed",
        "checks",
        "jobs",
        "schedules",
    }
)
"""What the house asked from the start. A later question is added to `QUESTIONS` and not here, so that every feature
answers it."""
QUESTIONS: Final = FIRST_QUESTIONS
"""What the house asks of every feature: each answers, or says in `none` that it has none."""


def features_of(package: str, first: Sequence[str] = ()) -> tuple[Feature, ...]:
    """The features of a module, found by the names of files: `feature` of each `<feature>.py`, and of the `feature.py`
    in each folder. Those named first come in that order, since their appliers look for what earlier ones wrote. The
    others need no order, and have that of their names."""
    beside = list(pkgutil.iter_modules(importlib.import_module(package).__path__, f"{package}."))
    names = [f"{each.name}.feature" if each.ispkg else each.name for each in beside]
    imported = [importlib.import_module(name) for name in names if importlib.util.find_spec(name)]
    found = {each.name: each for file in imported if (each := getattr(file, "feature", None)) is not None}
    return (*(found.pop(name) for name in first), *found.values())


@dataclass(frozen=True, slots=True)
class Module:
    """One module. Its features are entered, and their `start` called, in the order given here."""

    name: str
    features: Sequence[Feature] = ()

    @property
    def routes(self) -> Sequence[Any]:
        """The routes of all features."""
        return [route for feature in self.features for route in feature.routes]

    async def start(self, site: Site) -> None:
        """In a web process, or one that writes the log: start all features."""
        for feature in self.features:
            if feature.start is not None:
                await feature.start(site)

    def followers(self, site: Site) -> Sequence[Follower]:
        """In the worker process: the followers of all features."""
        return [each for feature in self.features if feature.followers for each in feature.followers(site)]

    def background(self, site: Site) -> Sequence[Background]:
        """In the worker process: the tasks of all features."""
        return [each for feature in self.features if feature.background for each in feature.background(site)]
