"""The house is put together from manifests, and from nothing else."""

import ast
import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import bilin
from bilin.app.modules import MODULES, assemble_house
from bilin.core import house, tables
from bilin.core.events import APPLIERS, EVENT_TYPES, Event
from bilin.core.module import QUESTIONS, Feature, Module, features_of

SOURCE = Path(bilin.__file__).parent
FEATURES = [(module.name, feature) for module in MODULES for feature in module.features]
NAMES = [f"{module}: {feature.name}" for module, feature in FEATURES]


def _declared(cls: type[Event]) -> Iterator[type[Event]]:
    for each in cls.__subclasses__():
        if "TYPE" in vars(each) and each.__module__.startswith("bilin."):
            yield each
        yield from _declared(each)


def test_every_event_type_and_table_is_in_a_manifest() -> None:
    """What is declared and in no manifest would be no part of the program."""
    assert {cls for _, feature in FEATURES for cls in feature.events} == set(_declared(Event))
    of_core = {name for name in tables.metadata.tables if name.startswith("core.")}
    ours = [table.fullname for _, feature in FEATURES for table in feature.tables]
    assert sorted(ours) == sorted(tables.metadata.tables.keys() - of_core)


def test_every_event_type_is_applied_or_writes_nothing() -> None:
    for known in EVENT_TYPES.values():
        assert not known.writes or known.cls in APPLIERS, known.name


@pytest.mark.parametrize("feature", [feature for _, feature in FEATURES], ids=NAMES)
def test_every_feature_answers_every_question(feature: Feature) -> None:
    answered = {question for question in QUESTIONS if getattr(feature, question)}
    assert answered | set(feature.none) == QUESTIONS, "answer it, or name it in `none`"
    assert answered & set(feature.none) == set(), "it has an answer, so it must not say that it has none"


def test_importing_the_modules_has_no_effect() -> None:
    """In a process of its own: in this one the house is put together already."""
    program = """
import bilin.app.web, bilin.app.worker, bilin.app.modules
from bilin.core import claims, digests, events, house, permissions, scopes, undoing
from bilin.core.log import retelling
from bilin.core.settings.section import sections
registries = [events.EVENT_TYPES, events.APPLIERS, digests.PARTS, permissions.PERMISSIONS, scopes.SCOPE_KINDS]
registries += [claims.KNOWLEDGE, undoing.UNDOINGS, retelling.RETELLERS]
assert not any(registries), registries
assert "messaging" not in sections()
try:
    house.modules()
except house.NotAssembled:
    print("nothing yet")
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "nothing yet\n"


def test_again_it_changes_nothing() -> None:
    before = dict(EVENT_TYPES), list(APPLIERS)
    assemble_house()
    assert (dict(EVENT_TYPES), list(APPLIERS)) == before


def test_what_is_declared_twice_is_refused() -> None:
    twice = next(feature for _, feature in FEATURES if feature.events)
    try:
        with pytest.raises(ValueError, match="declared twice"):
            house.assemble([Module("one", (twice,)), Module("other", (twice,))])
    finally:
        assemble_house()


def test_an_applier_of_an_unknown_type_is_refused() -> None:
    applied = next(feature for _, feature in FEATURES if feature.appliers)
    try:
        with pytest.raises(ValueError, match="applies no known event type"):
            house.assemble([Module("one", (Feature(name="x", appliers=applied.appliers),))])
    finally:
        assemble_house()


def test_event_types_are_named_by_their_classes() -> None:
    """A name in a string would silently mean nothing once the type had another one."""
    raw = [
        f"{file.relative_to(SOURCE)}:{node.lineno} {node.value}"
        for file in SOURCE.rglob("*.py")
        if "versions" not in file.parts
        for node in _strings(ast.parse(file.read_text(encoding="utf-8")))
        if node.value in EVENT_TYPES
    ]
    assert raw == [], "say it with the class: `MessageSent.TYPE.name`"


def _strings(tree: ast.AST) -> Iterator[ast.Constant]:
    """All strings but the names by which types are declared."""
    declared = {
        id(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("event", "Told")
        and node.args
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in declared:
            yield node


@pytest.mark.parametrize("module", MODULES, ids=[module.name for module in MODULES])
def test_no_name_of_a_package_hides_one_of_its_modules(module: Module) -> None:
    package = importlib.import_module(f"bilin.{module.name}")
    inside = {each.name for each in pkgutil.iter_modules(package.__path__)}
    hidden = {name for name in inside & vars(package).keys() if not isinstance(vars(package)[name], ModuleType)}
    assert hidden == set(), "give it another name: the module cannot be reached through the package"


def test_the_features_of_a_module_are_found_by_the_names_of_their_files() -> None:
    beside = [each for each in (SOURCE / "messaging").iterdir() if "feature = Feature(" in _source_of(each)]
    found = features_of("bilin.messaging", first=("messages", "conversations", "members"))
    assert [feature.name for feature in found[:3]] == ["messages", "conversations", "members"]
    assert len(found) == len(beside)


def _source_of(place: Path) -> str:
    file = place if place.is_file() else place / "feature.py"
    return file.read_text(encoding="utf-8") if file.suffix == ".py" and file.exists() else ""
