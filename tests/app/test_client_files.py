"""The files of the client, as the server sends them."""

from pathlib import Path

import pytest

from bilin.app import spa


def test_files_are_read_at_the_start_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / ".vite").mkdir()
    for name in ("index.html", "index.html.br", "index.html.gz", "assets/a.js", ".vite/manifest.json"):
        (tmp_path / name).write_bytes(name.encode())
    files = spa.read_built_files(tmp_path)
    assert set(files) == {"index.html", "assets/a.js"}
    assert list(files["index.html"].packed.items()) == [("br", b"index.html.br"), ("gzip", b"index.html.gz")]
    assert not files["assets/a.js"].packed
