"""The registries' own clients: pip-audit and npm audit. What a registry refuses is no answer, and said so."""

import json
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.audit.report import Answer

PIP_AUDIT = "pip-audit==2.10.1"
UV = Path(__file__).parents[2] / ".cache" / "uv" / "bin" / "uv"
PATIENCE_S = 300


def ask_python(lock: Path) -> Answer:
    """What the Python package index knows of every version in the lock file."""
    command = [str(UV), "tool", "run", "--quiet", PIP_AUDIT, "--requirement", str(lock), "--require-hashes"]
    done = _run([*command, "--disable-pip", "--progress-spinner", "off", "--format", "json"], lock.parent)
    return of_pip_audit(done[0], done[1])


def ask_npm(web: Path) -> Answer:
    """What the npm registry knows of every version in the lock file that is there for more than development."""
    out, problem = _run(["npm", "audit", "--json", "--omit=dev"], web)
    return of_npm_audit(out, problem)


def of_pip_audit(out: str, problem: str) -> Answer:
    """The answer in what pip-audit wrote."""
    told = _json(out)
    if told is None or "dependencies" not in told:
        return Answer("Python", _source("pip-audit"), failed=_last(problem) or "no answer")
    skipped = [f"{each['name']}: {each['skip_reason']}" for each in told["dependencies"] if "skip_reason" in each]
    found = [
        f"{each['name']} {each['version']}: {bug['id']}, fixed in {', '.join(bug['fix_versions']) or 'no version yet'}"
        for each in told["dependencies"]
        for bug in each.get("vulns", ())
    ]
    failed = f"{len(skipped)} packages were not found" if skipped else ""
    return Answer("Python", _source("pip-audit"), found, failed, notes=skipped[:5])


def of_npm_audit(out: str, problem: str) -> Answer:
    """The answer in what npm wrote."""
    told = _json(out)
    if told is None or "vulnerabilities" not in told:
        reason = (told or {}).get("message") or (told or {}).get("error", {}).get("summary") or _last(problem)
        return Answer("npm", _source("npm audit"), failed=reason or "no answer")
    found = [f"{name}: {each['severity']}, {each['range']}" for name, each in told["vulnerabilities"].items()]
    return Answer("npm", _source("npm audit"), found)


def _source(tool: str) -> str:
    return f"{tool}, {datetime.now(UTC):%Y-%m-%d}"


def _run(command: Sequence[str], folder: Path) -> tuple[str, str]:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as failed:
        return "", str(failed)
    return done.stdout, done.stderr


def _json(text: str) -> dict[str, Any] | None:
    try:
        told = json.loads(text)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _last(text: str) -> str:
    said = [line for line in text.splitlines() if line.strip()]
    return said[-1][:300] if said else ""
