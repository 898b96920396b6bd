"""Network namespaces as machines on one network, which we are on as well: what runs on one ends with `kill -9`."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.slow.namespaces.country import free_network, held, run

ADDRESS = "198.18.{network}.{end}"
OURS = 1
"""The machines have the numbers after it."""
END_WITHIN_S = 20.0


@dataclass(frozen=True, slots=True)
class Machine:
    """One of them; they are counted from 1."""

    number: int
    network: int
    holder: int
    """The process that keeps the namespace."""
    folder: Path
    _programs: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"chat{self.number}"

    @property
    def address(self) -> str:
        return ADDRESS.format(network=self.network, end=OURS + self.number)

    @property
    def network_file(self) -> str:
        """Its namespace."""
        return f"/proc/{self.holder}/ns/net"

    def start(self, command: Sequence[str | Path], uid: int | None = None) -> None:
        """A program on it, which writes to a file beside the others'. Returns at once."""
        log = self.folder / f"{Path(command[0]).name}.log"
        somebody = (f"--reuid={uid}", f"--regid={uid}", "--clear-groups") if uid is not None else ()
        with_us = ("setpriv", *somebody, "--pdeathsig=TERM")  # also when the tests are killed
        with log.open("ab") as output:
            program = subprocess.Popen(
                ["nsenter", f"--net={self.network_file}", "--", *with_us, *command],
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C"},
                stdout=output,
                stderr=output,
            )
        self._programs.append(program)

    def lose_power(self) -> None:
        """`kill -9` of everything that runs on it."""
        until = time.monotonic() + END_WITHIN_S
        while there := self._processes():
            assert time.monotonic() < until, there
            _send(there, signal.SIGKILL)
            time.sleep(0.05)
        for program in self._programs:
            program.wait(END_WITHIN_S)
        self._programs.clear()

    def _processes(self) -> list[int]:
        own = str(Path(self.network_file).readlink())
        return [each for each in _all_processes() if each != self.holder and _network_of(each) == own]


def _send(processes: Sequence[int], number: signal.Signals) -> None:
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, number)


def _all_processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]


def _network_of(process: int) -> str:
    """Empty when it has ended, reaped or not."""
    try:
        return str(Path(f"/proc/{process}/ns/net").readlink())
    except OSError:
        return ""


@contextmanager
def lan(folder: Path, size: int) -> Iterator[list[Machine]]:
    """So many machines, for the time of the block; nothing is left of what ran on them."""
    network = free_network()
    bridge = f"lan-{network}"
    with ExitStack() as stack:
        run("ip", "link", "add", bridge, "type", "bridge")
        stack.callback(run, "ip", "link", "delete", bridge)
        run("ip", "address", "add", f"{ADDRESS.format(network=network, end=OURS)}/24", "dev", bridge)
        run("ip", "link", "set", bridge, "up")
        yield [_plugged(stack, folder, network, number) for number in range(1, size + 1)]


def _plugged(stack: ExitStack, folder: Path, network: int, number: int) -> Machine:
    holder = stack.enter_context(held(["unshare", "--net", "sh", "-c", "echo ready; exec cat"]))
    assert holder.stdout is not None
    assert holder.stdout.readline() == "ready\n"
    machine = Machine(number, network, holder.pid, folder / f"chat{number}")
    machine.folder.mkdir(mode=0o755)
    port, inside = f"lan-{network}-{number}", ("nsenter", f"--net={machine.network_file}", "ip")
    run("ip", "link", "add", port, "type", "veth", "peer", "name", "lan", "netns", str(holder.pid))
    stack.callback(run, "ip", "link", "delete", port)
    run("ip", "link", "set", port, "master", f"lan-{network}", "up")
    run(*inside, "address", "add", f"{machine.address}/24", "dev", "lan")
    for device in ("lan", "lo"):
        run(*inside, "link", "set", device, "up")
    stack.callback(machine.lose_power)
    return machine
