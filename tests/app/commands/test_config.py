"""`bilin config explain` says what counts, and what it passed over."""

from pathlib import Path

import pytest

from bilin.app.commands.config import explain


def test_variables_that_are_passed_over_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BILIN_PORT", "tcp://10.0.0.1:8300")
    monkeypatch.setenv("BILIN_SERVICE_HOST", "10.0.0.1")
    explain()
    last = capsys.readouterr().out.split("Passed over")[1]
    assert "Kubernetes: BILIN_PORT, BILIN_SERVICE_HOST\n" in last
