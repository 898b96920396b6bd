"""Somebody who only looks at the end: signs in anew and sees what the site has."""

import asyncio
import re
from time import monotonic

from bilin.app.commands.audit import EXIT_NO_ANCHORS
from tests.crash.api import Api
from tests.crash.company import Person, Rooms, sign_in
from tests.crash.evidence import Evidence, Message, Unread
from tests.crash.reader import text_of
from tests.support import warm
from tests.support.site_process import SiteProcess

VERIFY = ("audit", "verify")
COVERED = re.compile(r"events\s+(\d+) of (\d+) in the log")
VERIFIED_WITHIN_S = 120.0


async def look(api: Api, people: list[Person], rooms: Rooms, evidence: Evidence) -> None:
    """Fill in the histories, and the unread counts of everybody."""
    signed_in = [await sign_in(api, person.login) for person in people]
    for conversation in rooms.of(0):
        _, shown = await api.history(conversation, signed_in[0].token)
        evidence.histories[conversation] = [
            Message(int(each["id"]), conversation, each["sender"], text_of(each["content"]), each["seq"])
            for each in shown
        ]
    for number, person in enumerate(signed_in):
        mine = rooms.of(number)
        sync = await api.call("GET", "/sync", person.token)
        for each in sync["conversations"]:
            if each["id"] in mine:
                evidence.unread[person.id, each["id"]] = Unread(each["last_seq"], each["read_seq"])


async def verify_audit(site: SiteProcess) -> int:
    """How many events the audit chain holds, once it covers the whole log and is anchored. Fails when it is broken, or
    stays behind."""
    until = monotonic() + VERIFIED_WITHIN_S
    while True:
        done = await asyncio.to_thread(warm.run, VERIFY, environ=site.environ())
        assert done.returncode in (0, EXIT_NO_ANCHORS), done.stdout + done.stderr
        found = COVERED.search(done.stdout)
        assert found is not None, done.stdout
        covered, head = map(int, found.groups())
        if covered == head and done.returncode == 0:
            return covered
        assert monotonic() < until, done.stdout
