"""Which tests `make quick` chooses, on a small program of its own."""

import json
import subprocess
from pathlib import Path

import pytest

from tools.quick.changes import base_of, changed_files
from tools.quick.choice import LAST_RUNS, Choice, choose
from tools.quick.imports import Imports, distances

PROGRAM = {
    "src/bilin/__init__.py": "",
    "src/bilin/core/ids.py": "class Id: ...",
    "src/bilin/pins/__init__.py": "from bilin.pins.pin import pin\nfrom bilin.pins.other import other as unpin",
    "src/bilin/pins/pin.py": "from bilin.core.ids import Id\ndef pin(): ...",
    "src/bilin/pins/other.py": "def other(): ...",
    "src/bilin/app/all.py": "import bilin.pins\nfrom bilin import pins",
    "tests/pins/conftest.py": "from tests.pins.house import house",
    "tests/pins/house.py": "from bilin.app.all import pins",
    "tests/pins/test_pin.py": "from bilin.pins import pin\ndef test_one(): ...\ndef test_two(): ...",
    "tests/pins/test_unpin.py": "from bilin.pins import unpin\ndef test_one(): ...",
    "tests/core/test_ids.py": "from bilin.core.ids import Id\ndef test_one(): ...",
    "tests/system/test_long.py": "from bilin.pins import pin\n@pytest.mark.slow\ndef test_one(): ...",
    "tests/system/test_page.py": 'PAGE = "docs/page.md"\ndef test_one(): ...',
    "tests/slow/test_proxies.py": "from bilin.pins import pin\ndef test_one(): ...",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in PROGRAM.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def chosen(root: Path, *changed: str, budget_s: float = 100.0) -> Choice:
    return choose(root, Imports(root).graph(), changed, budget_s)


def paths(choice: Choice) -> list[str]:
    return [each.path for each in choice.run]


def test_a_name_leads_to_the_file_that_defines_it(root: Path) -> None:
    graph = Imports(root).graph()
    assert graph["tests/pins/test_unpin.py"] >= {"src/bilin/pins/other.py"}
    assert "src/bilin/pins/__init__.py" not in graph["tests/pins/test_unpin.py"]
    assert graph["src/bilin/app/all.py"] == {"src/bilin/pins/__init__.py"}


def test_fixtures_are_imports_too(root: Path) -> None:
    assert "tests/pins/conftest.py" in Imports(root).graph()["tests/pins/test_unpin.py"]


def test_distances_are_the_shortest_ways(root: Path) -> None:
    found = distances(Imports(root).graph(), {"src/bilin/core/ids.py"})
    assert found["tests/core/test_ids.py"] == 1
    assert found["tests/pins/test_pin.py"] == 2
    assert found["src/bilin/app/all.py"] == found["tests/pins/house.py"] == 3
    assert "tests/system/test_page.py" not in found


def test_the_nearest_come_first_and_those_of_the_same_folder_before_all(root: Path) -> None:
    choice = chosen(root, "src/bilin/pins/pin.py")
    assert paths(choice) == ["tests/pins/test_pin.py", "tests/pins/test_unpin.py", "tests/system/test_long.py"]
    assert choice.run[0].why == "in the folder of its tests, imports what changed"
    assert choice.run[2].why == "imports what changed"


def test_a_changed_test_is_run_whatever_it_takes(root: Path) -> None:
    choice = chosen(root, "tests/system/test_long.py", budget_s=0.1)
    assert [(each.path, each.why) for each in choice.run] == [("tests/system/test_long.py", "changed")]


def test_what_does_not_fit_is_told(root: Path) -> None:
    """A change in core reaches everything: the near and the quick are run."""
    choice = chosen(root, "src/bilin/core/ids.py", budget_s=2.0)
    assert paths(choice) == ["tests/core/test_ids.py", "tests/pins/test_pin.py", "tests/pins/test_unpin.py"]
    assert [each.path for each in choice.left_out] == ["tests/system/test_long.py"]


def test_what_a_test_took_last_counts_more_than_a_guess(root: Path) -> None:
    (root / LAST_RUNS).parent.mkdir(parents=True)
    (root / LAST_RUNS).write_text(json.dumps({"tests/system/test_long.py": 0.2, "tests/pins/test_unpin.py": 50.0}))
    choice = chosen(root, "src/bilin/pins/pin.py", budget_s=2.0)
    assert paths(choice) == ["tests/pins/test_pin.py", "tests/system/test_long.py"]


def test_a_test_that_names_a_changed_page_is_run(root: Path) -> None:
    choice = chosen(root, "docs/page.md")
    assert [(each.path, each.why) for each in choice.run] == [("tests/system/test_page.py", "names docs/page.md")]


def test_tests_that_need_programs_of_others_are_never_chosen(root: Path) -> None:
    assert "tests/slow/test_proxies.py" not in paths(chosen(root, *PROGRAM))


def test_a_change_nobody_imports_chooses_nothing(root: Path) -> None:
    assert paths(chosen(root, "README.md")) == []


# What changed


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "a.py")
    commit(tmp_path, "b.py")
    return tmp_path


def git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Li", "-c", "user.email=li@example.com"]
    return subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True, text=True).stdout


def commit(root: Path, name: str) -> None:
    (root / name).write_text(name)
    git(root, "add", name)
    git(root, "commit", "-q", "-m", name)


def changes(root: Path, base: str | None = None) -> list[str]:
    return changed_files(root, base_of(root, base))


def test_on_main_it_is_the_last_commit(repository: Path) -> None:
    assert changes(repository) == ["b.py"]


def test_on_main_it_is_what_is_not_committed_yet(repository: Path) -> None:
    (repository / "a.py").write_text("more")
    (repository / "new.py").write_text("")
    assert changes(repository) == ["a.py", "new.py"]


def test_on_a_branch_it_is_everything_since_main(repository: Path) -> None:
    git(repository, "switch", "-q", "-c", "pins")
    commit(repository, "c.py")
    commit(repository, "d.py")
    git(repository, "rm", "-q", "a.py")
    assert changes(repository) == ["a.py", "c.py", "d.py"]


def test_who_names_a_base_gets_it(repository: Path) -> None:
    commit(repository, "c.py")
    assert changes(repository, "HEAD~2") == ["b.py", "c.py"]
