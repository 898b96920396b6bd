"""`python -m bilin.app.as_user NAME MODULE …`: run a module of this program as another user, wherever its files lie.

Started as root, the processes that strangers reach give root up before they read a byte, for good. Python, the program
or the data may lie below a folder that root alone may enter (`/root`). Opening that folder to others is not ours to
decide: folders out of reach are opened while we are root, and their files reached as `/proc/self/fd/N/…` (proc(5)),
with the rights that their own modes give. Of root's rights one stays: to listen on ports below 1024 (capabilities(7)).
"""

import ctypes
import importlib
import os
import pwd
import runpy
import signal
import struct
import sys
from typing import Any

PR_SET_PDEATHSIG, PR_SET_KEEPCAPS = 1, 8
CAPABILITIES_VERSION = 0x20080522
NET_BIND_SERVICE = 1 << 10
DATA, CONFIG = "BILIN_DATA_DIR", "BILIN_CONFIG"
_libc = ctypes.CDLL(None, use_errno=True)


def main() -> None:
    """Become the user, then be the module."""
    _, name, module, *arguments = sys.argv
    parent = os.getppid()
    config = _copy_of_config()
    places = {*sys.path, os.environ.get(DATA, ""), sys.prefix, sys.base_prefix}
    folders = [path for path in places if os.path.isdir(path)]  # noqa: PTH112 (few imports: this runs as root)
    opened = {path: os.open(path, os.O_PATH | os.O_DIRECTORY) for path in folders}
    _become(pwd.getpwnam(name))
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # a change of user clears it
    if os.getppid() != parent:
        sys.exit(1)
    if config is not None:
        os.environ[CONFIG] = config
    os.chdir("/")  # where we were started may be out of reach; every path that we were given is absolute
    _reach(opened)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _copy_of_config() -> str | None:
    """Settings may hold passwords, in a file that root alone may read: what it says now goes along in memory."""
    path = os.environ.get(CONFIG)
    if not path:
        return None
    with open(path, "rb") as file:  # noqa: PTH123 (few imports: this runs as root)
        content = file.read()
    copy = os.memfd_create("bilin.toml", 0)
    os.write(copy, content)
    return f"/proc/self/fd/{copy}"


def _become(user: pwd.struct_passwd) -> None:
    _check(_libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0))
    os.setgroups([])
    os.setresgid(user.pw_gid, user.pw_gid, user.pw_gid)
    os.setresuid(user.pw_uid, user.pw_uid, user.pw_uid)
    header = struct.pack("=Ii", CAPABILITIES_VERSION, 0)
    kept = struct.pack("=6I", NET_BIND_SERVICE, NET_BIND_SERVICE, 0, 0, 0, 0)
    if _libc.capset(header, kept) != 0:  # a container may have taken it away before
        _check(_libc.capset(header, struct.pack("=6I", 0, 0, 0, 0, 0, 0)))
    os.environ["HOME"] = user.pw_dir


def _check(failed: int) -> None:
    if failed:
        raise OSError(ctypes.get_errno(), "root could not be given up")


def _reach(opened: dict[str, int]) -> None:
    """Replace the paths that the user cannot go by those that lead through the open folders."""
    moved: dict[str, str] = {}
    for path, descriptor in opened.items():
        if os.access(path, os.R_OK | os.X_OK):
            os.close(descriptor)
        else:
            moved[path] = f"/proc/self/fd/{descriptor}"
    if not moved:
        return
    sys.path[:] = [moved.get(path, path) for path in sys.path]
    if os.environ.get(DATA) in moved:
        os.environ[DATA] = moved[os.environ[DATA]]
    for module in list(sys.modules.values()):
        _move(module, moved)
    _keep_reachable(moved)
    sys.path_importer_cache.clear()
    importlib.invalidate_caches()


def _keep_reachable(moved: dict[str, str]) -> None:
    """Libraries ask for the real paths of their own files (Alembic, pypinyin), which we cannot go: they get ours."""
    real = os.path.realpath
    roots = {real(path): reached for path, reached in moved.items()}

    def realpath(path: Any, *, strict: bool = False) -> Any:
        found = real(path, strict=strict)
        return _through(found, roots) if isinstance(found, str) else found

    os.path.realpath = realpath  # type: ignore[assignment]


def _move(module: object, moved: dict[str, str]) -> None:
    """A package that is here already finds the modules that it has yet to load."""
    paths = getattr(module, "__path__", None)
    if isinstance(paths, list):
        paths[:] = [_through(path, moved) for path in paths]
    for name in ("__file__", "__cached__"):
        path = getattr(module, name, None)
        if isinstance(path, str):
            setattr(module, name, _through(path, moved))


def _through(path: str, moved: dict[str, str]) -> str:
    best = max((each for each in moved if path == each or path.startswith(each + "/")), key=len, default=None)
    return path if best is None else moved[best] + path[len(best) :]


if __name__ == "__main__":
    main()
