"""Commands find the server of their data folder, and say what is wrong when they do not."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import msgspec
import pytest

from bilin.app.local_server import NoCompanyYet, OtherServer, ServerAway, ServerRefused, ask_locally
from bilin.app.supervisor.folder import FolderLock, RunningSite
from bilin.core.crypto import read_master_key
from bilin.core.settings import Settings, load_settings
from bilin.identity.local_access import LOCAL_KEY_FILE
from tests.support.site_process import free_port

Answers = dict[str, tuple[int, object]]
"""Status and body by path."""
DEAD = 2**22 + 1
"""A process id that Linux gives nobody."""


@contextmanager
def server(answers: Answers) -> Iterator[int]:
    """Answers on a port of its own until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answers[self.path]
            self.send_response(status)
            self.end_headers()
            self.wfile.write(msgspec.json.encode(body))

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.02,))
        thread.start()
        yield listening.server_port
        listening.shutdown()
        thread.join()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Those of a folder whose server listens on a port nobody told the command."""
    read_master_key(tmp_path / LOCAL_KEY_FILE)
    return load_settings({"BILIN_DATA_DIR": str(tmp_path), "BILIN_HTTP_PORT": str(free_port())})


@contextmanager
def running(settings: Settings, tmp_path: Path, answers: Answers, pid: int | None = None) -> Iterator[None]:
    """A server that holds the folder."""
    lock = FolderLock(tmp_path)
    assert lock.try_acquire()
    with server(answers) as port:
        holder = lock.holder()
        assert holder is not None
        lock.tell(RunningSite(pid=pid or holder.pid, address=f"http://127.0.0.1:{port}"))
        yield
    lock.release()


def test_the_server_is_where_its_folder_says(settings: Settings, tmp_path: Path) -> None:
    with running(settings, tmp_path, {"/api/sites/status": (200, {"here": 2})}):
        assert ask_locally(settings, "GET", "/api/sites/status") == {"here": 2}
    with pytest.raises(ServerAway):
        ask_locally(settings, "GET", "/api/sites/status")


def test_a_folder_of_a_server_that_was_killed_says_nothing(settings: Settings, tmp_path: Path) -> None:
    with (
        running(settings, tmp_path, {"/api/sites/status": (200, {})}, pid=DEAD),
        pytest.raises(ServerAway),
    ):
        ask_locally(settings, "GET", "/api/sites/status")


def test_a_server_that_does_not_know_the_key_belongs_to_another_folder(settings: Settings, tmp_path: Path) -> None:
    with (
        running(settings, tmp_path, {"/api/sites/status": (401, {"code": "identity.not_signed_in"})}),
        pytest.raises(OtherServer, match=str(tmp_path)),
    ):
        ask_locally(settings, "GET", "/api/sites/status")


@pytest.mark.parametrize(("needed", "problem"), [(True, NoCompanyYet), (False, ServerRefused)])
def test_a_refusal_before_there_is_a_company_says_so(
    settings: Settings, tmp_path: Path, needed: bool, problem: type[Exception]
) -> None:
    answers = {"/api/sites/status": (403, {"code": "core.forbidden"}), "/api/setup": (200, {"needed": needed})}
    with running(settings, tmp_path, answers), pytest.raises(problem):
        ask_locally(settings, "GET", "/api/sites/status")
