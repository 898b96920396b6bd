"""Network namespaces for sites: each alone with its people's network, and one long line between them.

    people (this process) ── veth ── site 1 ┐
    people (this process) ── veth ── site 2 ┼ the line (tests/namespaces/line.py)
    people (this process) ── veth ── site 3 ┘

The people of a site reach it whatever happens to the line. Namespaces and devices end with the process that holds
them, also when the tests are killed.
"""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.slow.namespaces.line import PREFIX, TUN
from tests.support import warm
from tests.support.site_process import SiteProcess, joining_with

PEOPLE = "198.18.{network}.{end}"
"""Addresses of the people's networks: end 1 is ours, end 2 the site's. Their numbers are chosen where they are free,
since other tests may have a country of their own at the same time."""
PORT = 8300
SITES_PORT = 7420
MOUNT = 'mkdir -p "$0" && mount -t tmpfs -o size={megabytes}m,mode=700 disk "$0" && exec "$@"'
ROOT = Path(__file__).parents[3]


def missing() -> str | None:
    """Why there can be no namespaces here; None when there can."""
    for tool in ("ip", "nsenter", "unshare"):
        if subprocess.run(["sh", "-c", f"command -v {tool}"], capture_output=True, check=False).returncode:
            return f"{tool} is not installed (make test-slow installs it)"
    if not os.access(TUN, os.W_OK):
        return f"{TUN} cannot be opened"
    tried = subprocess.run(["unshare", "--net", "ip", "link"], capture_output=True, text=True, check=False)
    return f"network namespaces are not permitted: {tried.stderr.strip()}" if tried.returncode else None


@dataclass(frozen=True, slots=True)
class Place:
    """The namespace of one site."""

    number: int
    network: int
    """The people's."""
    holder: int
    """The process that keeps it."""

    @property
    def inside(self) -> tuple[str, ...]:
        """Before a command: run it in here."""
        return ("nsenter", f"--net={self.network_file}", "--")

    @property
    def network_file(self) -> str:
        """The namespace, for who enters it without a program."""
        return f"/proc/{self.holder}/ns/net"

    @property
    def line_address(self) -> str:
        """Where other sites reach it."""
        return f"{PREFIX}{self.number}:{SITES_PORT}"


class PlacedSite(SiteProcess):
    """A real `bilin serve` in a namespace, and if need be on a small disk of its own, which ends with the process."""

    def __init__(self, place: Place, data: Path, environ: dict[str, str], disk_mb: int | None = None) -> None:
        own = {"BILIN_HTTP_HOST": "0.0.0.0", "BILIN_SITES_ADDRESS": place.line_address}
        if disk_mb:
            disk = ("unshare", "--mount", "sh", "-c", MOUNT.format(megabytes=disk_mb), str(data))
            super().__init__(data, own | environ, wrapper=(*place.inside, *disk), as_installed=True)
        else:
            super().__init__(data, own | environ, network=place.network_file)
        self.place = place
        self.port = PORT

    def start_first(self, token: str) -> None:
        """The first start: a branch joins with a token, headquarters has none."""
        alone = self._command
        self._command = (*alone, *joining_with(token, self.data)[-2:]) if token else alone
        self.start()
        self._command = alone

    @property
    def disk(self) -> Path:
        """Its data folder, as the site sees it."""
        return Path(f"/proc/{self.pid}/root{self.data}")

    @property
    def address(self) -> str:
        """Where its people reach it."""
        return f"http://{PEOPLE.format(network=self.place.network, end=2)}:{PORT}"

    def run(self, *arguments: str, within_s: float = 60) -> str:
        """What a command of `bilin` says, run where the site runs."""
        network = self.place.network_file
        done = warm.run(arguments, environ=self.environ(), within_s=within_s, network=network)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


class Country:
    """The places and the line."""

    def __init__(self, places: list[Place], line: "subprocess.Popen[str]") -> None:
        self.places, self._line = places, line

    def cut(self, one: int, other: int) -> None:
        """Drop every packet between two sites, both ways."""
        self.cut_one_way(one, other)
        self.cut_one_way(other, one)

    def cut_one_way(self, source: int, target: int) -> None:
        """Drop every packet of one direction."""
        self._order(f"cut {source} {target}")

    def mend(self, one: int, other: int) -> None:
        """Let packets through again, both ways."""
        self._order(f"mend {one} {other}")
        self._order(f"mend {other} {one}")

    def add_round_trip(self, one: int, other: int, milliseconds: float) -> None:
        """Make every round trip between two sites longer, half of it each way."""
        self._order(f"delay {one} {other} {milliseconds / 2}")
        self._order(f"delay {other} {one} {milliseconds / 2}")

    def packets(self) -> tuple[int, int]:
        """How many packets were carried so far, and how many dropped."""
        carried, dropped = self._order("count").split()
        return int(carried), int(dropped)

    def _order(self, order: str) -> str:
        assert self._line.stdin is not None
        assert self._line.stdout is not None
        self._line.stdin.write(order + "\n")
        self._line.stdin.flush()
        answer = self._line.stdout.readline().strip()
        assert answer, "the line has ended"
        return answer


@contextmanager
def country(sites: int) -> Iterator[Country]:
    """So many namespaces, with their networks, for the time of the block."""
    with ExitStack() as stack:
        places = [stack.enter_context(_place(number)) for number in range(1, sites + 1)]
        holders = [str(place.holder) for place in places]
        line = stack.enter_context(held([sys.executable, "-m", "tests.slow.namespaces.line", *holders]))
        assert line.stdout is not None
        assert line.stdout.readline() == "ready\n"
        yield Country(places, line)


@contextmanager
def _place(number: int) -> Iterator[Place]:
    with held(["unshare", "--net", "sh", "-c", "echo ready; exec cat"]) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "ready\n"
        with _people_network(holder.pid) as network:
            yield Place(number, network, holder.pid)


@contextmanager
def _people_network(holder: int) -> Iterator[int]:
    """A network between this namespace and that of a process; its number."""
    network = free_network()
    ours, theirs = PEOPLE.format(network=network, end=1), PEOPLE.format(network=network, end=2)
    device, inside = f"people-{network}", ("nsenter", f"--net=/proc/{holder}/ns/net", "ip")
    run("ip", "link", "add", device, "type", "veth", "peer", "name", "people", "netns", str(holder))
    try:
        run("ip", "address", "add", f"{ours}/24", "dev", device)
        run("ip", "link", "set", device, "up")
        run(*inside, "address", "add", f"{theirs}/24", "dev", "people")
        run(*inside, "link", "set", "people", "up")
        run(*inside, "link", "set", "lo", "up")
        yield network
    finally:
        run("ip", "link", "delete", device)


def free_network() -> int:
    """A number for a network that nobody here has."""
    taken = subprocess.run(["ip", "-brief", "address"], capture_output=True, text=True, check=True).stdout
    free = [number for number in range(256) if PEOPLE.format(network=number, end=1) + "/" not in taken]
    return random.choice(free)  # noqa: S311


@contextmanager
def held(command: list[str]) -> "Iterator[subprocess.Popen[str]]":
    """A process that lives until its input ends, which is at the end of the block, or with us."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        yield process
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(10)


def run(*command: str) -> None:
    """A program that must succeed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"
