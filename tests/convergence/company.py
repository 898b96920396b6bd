"""The company whose people act."""

import random

from tests.convergence.actions import ACTIONS
from tests.convergence.crowd import Crowd
from tests.identity.office import Office

PEOPLE = 5


async def gather(office: Office, seed: int) -> Crowd:
    """A company of five whose people know each other."""
    browsers = {}
    boss = await office.found(login="person0")
    browsers[office.boss_id] = boss
    for number in range(1, PEOPLE):
        person = await office.hire(boss, f"人{number}", f"person{number}")
        browsers[person] = await office.sign_in(f"person{number}", address=f"192.0.2.{number}")
    return Crowd(office, random.Random(seed), browsers, ACTIONS)  # noqa: S311 (repeatable)
