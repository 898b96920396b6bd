"""All that leaves a branch goes through the HTTP proxy of its company: a real one (tinyproxy) that wants a password."""

import contextlib
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.site_process import SiteProcess, free_port
from tests.system.test_joining import Server, headquarters, new, until

__all__ = ["headquarters", "new"]
LOGIN = "bilin:secret"


class Tinyproxy:
    """It lets through what is asked with its password, and writes down what that was."""

    def __init__(self, folder: Path, goal: int) -> None:
        self.port, self._log = free_port(), folder / "tinyproxy.log"
        user, password = LOGIN.split(":")
        self._config = folder / "tinyproxy.conf"
        self._config.write_text(
            f'Port {self.port}\nListen 127.0.0.1\nTimeout 600\nMaxClients 20\nLogLevel Connect\nLogFile "{self._log}"\n'
            f'PidFile "{folder}/tinyproxy.pid"\nAllow 127.0.0.1\nBasicAuth {user} {password}\nConnectPort {goal}\n'
        )

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """For the time of the block."""
        process = subprocess.Popen(["tinyproxy", "-d", "-c", self._config])
        try:
            yield
        finally:
            process.terminate()
            process.wait(20)

    @property
    def log(self) -> str:
        return self._log.read_text() if self._log.exists() else ""


@pytest.mark.slow
def test_a_branch_reaches_headquarters_through_it_alone(
    headquarters: Server, new: Callable[..., SiteProcess], tmp_path: Path
) -> None:
    listen = headquarters.process.environ()["BILIN_SITES_LISTEN"]
    proxy = Tinyproxy(tmp_path, int(listen.rpartition(":")[2]))
    process = new(headquarters.invite("深圳"), BILIN_SITES_PROXY=f"http://{LOGIN}@127.0.0.1:{proxy.port}")
    with proxy.running():
        branch = Server(process.start())
        until(lambda: headquarters.reaches(branch.number))
        until(lambda: branch.signs_in("zhang.wei"))
        assert f"CONNECT {listen}" in proxy.log
    until(lambda: not headquarters.reaches(branch.number))  # nothing goes around it
    assert branch.signs_in("zhang.wei")
    with proxy.running():
        until(lambda: headquarters.reaches(branch.number))
