"""The line itself: it carries, drops silently, one way alone, and late."""

import subprocess
import sys
from collections.abc import Iterator
from time import monotonic

import pytest

from tests.slow.namespaces.country import PEOPLE, Country, Place, country, missing
from tests.slow.namespaces.line import PREFIX

ECHO = """
import socket, sys
ears = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
ears.bind((sys.argv[1], 5000))
print('ready', flush=True)
while True:
    said, who = ears.recvfrom(100)
    ears.sendto(said, who)
"""
CALL = """
import socket, sys, time
mouth = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
mouth.settimeout(0.5)
began = time.monotonic()
mouth.sendto(b'there?', (sys.argv[1], 5000))
try:
    mouth.recv(100)
    print(time.monotonic() - began)
except TimeoutError:
    print('nobody')
"""


@pytest.fixture(scope="module")
def two() -> Iterator[Country]:
    if reason := missing():
        pytest.skip(reason)
    with country(2) as made:
        command = (*made.places[1].inside, sys.executable, "-c", ECHO, f"{PREFIX}2")
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as echo:
            assert echo.stdout is not None
            assert echo.stdout.readline() == "ready\n"
            yield made
            echo.kill()


def call(place: Place) -> float | None:
    """How long the echo took, in seconds; None when there was none within half a second."""
    command = (*place.inside, sys.executable, "-c", CALL, f"{PREFIX}2")
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    return None if said == "nobody" else float(said)


def test_a_cut_line_drops_and_a_mended_one_carries(two: Country) -> None:
    assert call(two.places[0]) is not None
    two.cut(1, 2)
    dropped = two.packets()[1]
    assert call(two.places[0]) is None
    assert two.packets()[1] > dropped
    two.mend(1, 2)
    assert call(two.places[0]) is not None


def test_one_way_may_be_cut_alone(two: Country) -> None:
    two.cut_one_way(2, 1)
    carried = two.packets()[0]
    assert call(two.places[0]) is None
    assert two.packets()[0] > carried, "the question got there, the answer did not get back"
    two.mend(1, 2)


def test_a_longer_line_takes_longer(two: Country) -> None:
    two.add_round_trip(1, 2, 150)
    began = monotonic()
    echo = call(two.places[0])
    assert echo is not None
    assert 0.15 <= echo <= monotonic() - began
    two.add_round_trip(1, 2, 0)


def test_sites_reach_each_other_over_the_line_alone(two: Country) -> None:
    other = PEOPLE.format(network=two.places[1].network, end=2)
    command = [*two.places[0].inside, "ip", "route", "get", other]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "unreachable" in done.stderr
