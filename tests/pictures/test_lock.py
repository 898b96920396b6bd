"""Locked in, a process reckons and reaches nothing: tried from inside."""

import json
import subprocess
import sys

TRIES = """
import ctypes, json, os, socket, threading
from bilin.pictures.lock import limit, lock
limit(1 << 30, 20)
lock()
def tried(what):
    try:
        what()
    except OSError as refused:
        return refused.errno
    except MemoryError:
        return "memory"
    return "done"
done = []
thread = threading.Thread(target=lambda: done.append(sum(range(1000))))
thread.start()
thread.join()
found = {
    "open": tried(lambda: open("/etc/passwd")),
    "create": tried(lambda: open("/tmp/bilin-was-here", "w")),
    "list": tried(lambda: os.listdir("/")),
    "internet": tried(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM)),
    "unix": tried(lambda: socket.socket(socket.AF_UNIX)),
    "fork": tried(os.fork),
    "run": tried(lambda: os.execv("/bin/true", ["true"])),
    "kill": tried(lambda: os.kill(os.getppid(), 0)),
    "trace": ctypes.CDLL(None).ptrace(0, 0, 0, 0),
    "memory": tried(lambda: bytearray(2 << 30)),
    "reckon": done,
}
os.write(1, json.dumps(found).encode())
"""
EPERM = 1


def test_it_reaches_nothing() -> None:
    ran = subprocess.run([sys.executable, "-c", TRIES], capture_output=True, check=True)
    found = json.loads(ran.stdout)
    refused = "open", "create", "list", "internet", "unix", "fork", "run", "kill"
    assert {name: found[name] for name in refused} == dict.fromkeys(refused, EPERM)
    assert (found["trace"], found["memory"], found["reckon"]) == (-1, "memory", [499500])


TWO_THREADS = """
import threading, time
threading.Thread(target=time.sleep, args=(9,), daemon=True).start()
from bilin.pictures.lock import CannotLock, lock
try:
    lock()
except CannotLock:
    print("no")
"""


def test_with_other_threads_it_is_not_locked_and_says_so() -> None:
    ran = subprocess.run([sys.executable, "-c", TWO_THREADS], capture_output=True, check=True)
    assert ran.stdout.strip() == b"no"
