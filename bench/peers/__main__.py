"""`make bench-peers`: Bilin, ejabberd and Prosody at the pace of an office, in turn; writes `bench/office.json`.

Arguments: `--rounds N`, and the peers (default: both that are installed). Their packages are Debian's; what is missing
is named.
"""

import argparse
import sys
from collections.abc import Awaitable, Callable

import uvloop

from bench.__main__ import PEOPLE
from bench.office import Office, Starts, bilin, in_turn, keep, table
from bench.peers.ejabberd import Ejabberd
from bench.peers.peer import Peer, version_of
from bench.peers.prosody import Prosody
from bilin import __version__

PEERS: dict[str, type[Peer]] = {each.name: each for each in (Ejabberd, Prosody)}


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description="Bilin beside other servers.")
    parser.add_argument("peers", nargs="*", metavar="|".join(PEERS), choices=[*PEERS, []], default=[])
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    wanted = [PEERS[name] for name in asked.peers or PEERS]
    missing = [package for peer in wanted for package in peer.packages if not version_of(package)]
    if missing:
        print(
            f"Not installed: {' '.join(missing)}. As root: apt-get install --no-install-recommends {' '.join(missing)}"
        )
        return 1
    versions = {"Bilin": __version__, **{peer.name: version_of(peer.packages[0]) for peer in wanted}}
    starts: Starts = {"Bilin": bilin, **{peer.name: _starting(peer) for peer in wanted}}
    runs = uvloop.run(in_turn(starts, asked.rounds))
    print(table(runs))
    keep(runs, versions)
    return 0


def _starting(peer: type[Peer]) -> Callable[[], Awaitable[Office]]:
    async def start() -> Office:
        office = peer()
        try:
            await office.start(PEOPLE)
        except BaseException:
            office.stop()
            raise
        return office

    return start


if __name__ == "__main__":
    sys.exit(main())
