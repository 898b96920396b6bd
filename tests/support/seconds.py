"""How long each file of tests took, written down for `make quick`, which has a minute and a half and must choose."""

import json
from collections import defaultdict

import pytest

from tools.quick.choice import LAST_RUNS


class Seconds:
    """A plugin of the process that others report to."""

    def __init__(self, config: pytest.Config) -> None:
        self._file = config.rootpath / LAST_RUNS
        self._spent: dict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._spent[report.nodeid.partition("::")[0]] += report.duration

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Of a run that chose among the tests of a file, nothing is learned."""
        config = session.config
        if config.getoption("keyword") or config.getoption("maxfail") or any("::" in each for each in config.args):
            return
        known = json.loads(self._file.read_text()) if self._file.exists() else {}
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps(known | {path: round(s, 2) for path, s in self._spent.items()}))
