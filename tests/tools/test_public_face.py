"""The import contracts catch what they are for, tried on a small house of the same shape."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACT = """
[tool.importlinter]
root_package = "house"
contract_types = ["public_face: tools.public_face.PublicFaceContract"]

[[tool.importlinter.contracts]]
id = "public-face"
name = "faces"
type = "public_face"
open_modules = ["house.core"]
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    files = {
        "house/__init__.py": "",
        "house/core/__init__.py": "",
        "house/core/ids.py": "",
        "house/org/__init__.py": "from house.org.model import Unit",
        "house/org/model.py": "class Unit: ...",
        "house/messaging/__init__.py": "",
        "house/messaging/send.py": "from house.org import Unit\nfrom house.core.ids import __name__ as n",
        "pyproject.toml": CONTRACT,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n")
    return tmp_path


def _lint(house: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=house,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_face_and_the_core_may_be_used(house: Path) -> None:
    kept = _lint(house)
    assert kept.returncode == 0, kept.stdout


def test_a_reach_inside_is_named_with_the_way_out(house: Path) -> None:
    (house / "house/messaging/send.py").write_text("\nfrom house.org.model import Unit\n")
    broken = _lint(house)
    assert broken.returncode == 1
    said = " ".join(broken.stdout.split())
    assert "house.messaging.send:2 imports house.org.model; import it from house.org" in said


def test_a_submodule_that_the_face_names_may_be_taken_from_it(house: Path) -> None:
    (house / "house/messaging/send.py").write_text("from house.org import model\n")
    assert _lint(house).returncode == 1
    (house / "house/org/__init__.py").write_text('from house.org import model\n\n__all__ = ["model"]\n')
    assert _lint(house).returncode == 0
    (house / "house/messaging/send.py").write_text("from house.org.model import Unit\n")
    assert _lint(house).returncode == 1
