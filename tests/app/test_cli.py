"""The command line: short answers, and errors that say what to do."""

from pathlib import Path

import pytest

from bilin import __version__
from bilin.app import cli
from bilin.core.settings import SettingsError


def _run(*arguments: str) -> int:
    try:
        cli.main(list(arguments))
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("version") == 0
    assert __version__ in capsys.readouterr().out


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--help") == 0
    out = capsys.readouterr().out
    assert all(name in out for name in cli.COMMANDS)


def test_an_unknown_command_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("srve") == 2
    assert "serve" in "".join(capsys.readouterr())


def test_an_expected_error_is_one_line_and_a_hint(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILIN_HTTP_PROT", "1")
    assert _run("config", "explain") == 2
    said = capsys.readouterr().err
    assert said.startswith("Error: BILIN_HTTP_PROT")
    assert f"Hint:  {SettingsError.hint}" in said
    assert "Traceback" not in said


def test_config_explain_tells_value_source_and_meaning(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    file = tmp_path / "bilin.toml"
    file.write_text("[http]\nport = 9123\n")
    monkeypatch.setenv("BILIN_SITE", "shanghai")
    assert _run("config", "explain", "--config", str(file), "--only-set") == 0
    out = capsys.readouterr().out
    assert "9123" in out
    assert "shanghai" in out
    assert "BILIN_SITE" in out
    assert "TCP port to listen on" in out
    assert "node" not in out


def test_config_explain_knows_the_settings_of_modules(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("config", "explain") == 0
    assert "messaging.edit_window_s" in capsys.readouterr().out
