"""The files of the client, as the server sends them."""

from pathlib import Path

import pytest

from bilin.app import spa


def test_files_are_read_at_the_start_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / ".vite").mkdir()
    for name in ("index.html", "index.html.gz", "assets/a.js", ".vite/manifest.json"):
        (tmp_path / name).write_bytes(name.encode())
    files = spa.read_built_files(tmp_path)
    assert set(files) == {"index.html", "assets/a.js"}
    assert files["index.html"].gzipped == b"index.html.gz"
    assert files["assets/a.js"].gzipped is None
