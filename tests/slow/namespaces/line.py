"""The wide-area line between network namespaces: a process that carries IP packets, late or not at all.

    python -m tests.slow.namespaces.line 10001 10002    # for each site, a process in its namespace

Each site has one end of it, a TUN device. This process holds the other ends and passes every packet on to the device
whose address it is for (the last byte of the address is its number), after the delay of that direction. What is cut is
dropped, as by a line that lies in the sea: no connection is closed, nobody is told. It needs no kernel module for
delays (`sch_netem` is missing in many containers), only `/dev/net/tun` and the right to make devices.

Orders come on standard input, one a line, and are answered with one each: `cut 1 2`, `mend 1 2`, `delay 1 2 40` (ms),
`count` (packets carried and dropped). They are for one direction. It ends with its input.
"""

import fcntl
import heapq
import os
import select
import struct
import subprocess
import sys
from dataclasses import dataclass, field
from itertools import count
from time import monotonic

TUN = "/dev/net/tun"
TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
PACKET_BYTES = 2048
PREFIX = "198.19.0."
"""Addresses between sites; 198.18.0.0/15 is for testing networks (RFC 2544)."""
MTU = 1400
LAST_BYTE_OF_DESTINATION = 19
"""Of an IPv4 header (RFC 791)."""

Direction = tuple[int, int]


@dataclass(slots=True)
class Line:
    """The ends, by number, and what happens on the way."""

    ends: dict[int, int]
    cut: set[Direction] = field(default_factory=set)
    delay_s: dict[Direction, float] = field(default_factory=dict)
    carried: int = 0
    dropped: int = 0
    _waiting: list[tuple[float, int, int, bytes]] = field(default_factory=list)
    _tickets: "count[int]" = field(default_factory=count)

    def take(self, source: int) -> None:
        """One packet came in at an end."""
        packet = os.read(self.ends[source], PACKET_BYTES)
        target = packet[LAST_BYTE_OF_DESTINATION] if packet[0] >> 4 == 4 else 0
        way = (source, target)
        if target not in self.ends or way in self.cut:
            self.dropped += 1
        elif delay := self.delay_s.get(way):
            heapq.heappush(self._waiting, (monotonic() + delay, next(self._tickets), target, packet))
        else:
            self._give(target, packet)

    def give_due(self) -> float | None:
        """Pass on what has waited long enough; seconds until the next packet has, None when there is none."""
        while self._waiting:
            wait = self._waiting[0][0] - monotonic()
            if wait > 0:
                return wait
            _, _, target, packet = heapq.heappop(self._waiting)
            self._give(target, packet)
        return None

    def obey(self, order: str) -> str:
        """Do what an order says; the answer."""
        match order.split():
            case ["cut", source, target]:
                self.cut.add((int(source), int(target)))
            case ["mend", source, target]:
                self.cut.discard((int(source), int(target)))
            case ["delay", source, target, milliseconds]:
                self.delay_s[int(source), int(target)] = float(milliseconds) / 1000
            case ["count"]:
                return f"{self.carried} {self.dropped}"
            case _:
                return "what?"
        return "done"

    def _give(self, target: int, packet: bytes) -> None:
        try:
            os.write(self.ends[target], packet)
            self.carried += 1
        except OSError:  # the device is full, or its namespace is gone: as on any line, the packet is lost
            self.dropped += 1


def open_end(number: int, process: str) -> int:
    """A TUN device in the namespace of a process, up and with its address; the descriptor of our side."""
    name = f"line-{os.getpid()}-{number}"  # at most 15 characters
    device = os.open(TUN, os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN | IFF_NO_PI))
    there = ("nsenter", f"--net=/proc/{process}/ns/net", "ip")
    for command in (
        ("ip", "link", "set", name, "netns", process),
        (*there, "address", "add", f"{PREFIX}{number}/24", "dev", name),
        (*there, "link", "set", name, "mtu", str(MTU), "up"),
    ):
        subprocess.run(command, check=True)
    return device


def main(arguments: list[str]) -> None:
    """Make the ends, say so, and carry packets until the input ends."""
    ends = {number: open_end(number, process) for number, process in enumerate(arguments, 1)}
    line = Line(ends)
    print("ready", flush=True)
    sources = {device: number for number, device in ends.items()}
    poll = select.epoll()
    for device in (sys.stdin.fileno(), *sources):
        poll.register(device, select.EPOLLIN)
    while True:
        for device, _ in poll.poll(line.give_due()):
            if device in sources:
                line.take(sources[device])
            elif order := sys.stdin.readline():
                print(line.obey(order), flush=True)
            else:
                return


if __name__ == "__main__":
    main(sys.argv[1:])
