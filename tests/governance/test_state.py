"""The tables say what the log says: a row that was written by anything but an event is found, in every table."""

import random
from collections.abc import AsyncIterator

import pytest

from bilin.core.crypto import Keyring, read_master_key
from bilin.core.ids import GrantId, SessionId
from bilin.core.log import Decision
from bilin.core.settings import DatabaseSettings, Settings, SiteSettings
from bilin.core.site import MASTER_KEY_FILE
from bilin.core.tables import metadata
from bilin.governance import Report, scratch_tables, verify_state
from bilin.identity.events import AccountCreated, GrantGiven, PasswordSet, PreferencesChanged, SessionOpened
from bilin.messaging.flags import FLAG
from bilin.messaging.messages.commands.edit import EditMessage, edit_message
from bilin.messaging.messages.commands.recall import RecallMessage, recall_message
from bilin.messaging.reactions.commands import SetReaction, set_reaction
from bilin.policies import ValueSet
from bilin.sites.homes.events import HomeSet, PolicySet
from bilin.sites.registry.events import SiteAdded, SiteInvited
from tests.messaging.house import House, open_house, words

TABLES = [table.fullname for table in metadata.sorted_tables if not table.info.get("local")]


async def live(house: House) -> None:
    """Something of every kind happens."""
    anna, ben, carl = await house.hire("Anna", "Ben", "Carl")
    room = await house.group(anna, ben, carl, title="Room")
    await house.direct(anna, ben)
    for number in range(12):
        await house.say(random.choice((anna, ben)), room, f"word {number}", calls=[carl])  # noqa: S311
    one = await house.say(anna, room, "one")
    two = await house.say(ben, room, "two", reply_to=one)
    await house.read(carl, room, two)
    await house.do(edit_message, EditMessage(room, two, words("two, really")), ben)
    gone = await house.say(anna, room, "gone")
    await house.do(recall_message, RecallMessage(room, gone), anna)
    await house.do(set_reaction, SetReaction(room, one, "👍", True), ben)
    site, session = house.site, SessionId(house.site.clock.next())
    token = "ab" * 32
    await site.log.append(
        Decision(
            [
                AccountCreated(person=anna, login="anna"),
                PasswordSet(person=anna, hash="$argon2id$1"),
                SessionOpened(session=session, person=anna, device="d", address="a", token_sha256=token),
                PreferencesChanged(locale="en"),
                GrantGiven(grant=GrantId(site.clock.next()), person=anna, role="admin", unit=house.unit),
                SiteAdded(site=2, name="Two", address=""),
                SiteInvited(site=2),
                HomeSet(unit=house.unit, site=1),
                ValueSet(policy="messaging.recall_window_s", unit=house.unit, value=60),
                PolicySet(unit=house.unit, leaves="everything", kinds=("conversation",)),
            ]
        ),
        anna,
    )


class Tables:
    """A company and what may be done to its tables."""

    def __init__(self, house: House, settings: Settings) -> None:
        self.house, self._settings = house, settings

    async def sql(self, statement: str) -> None:
        async with self.house.site.pool.acquire() as db:
            await db.execute(statement)

    async def verify(self) -> Report:
        key = read_master_key(self._settings[SiteSettings].data_dir / MASTER_KEY_FILE)
        async with scratch_tables(self._settings[DatabaseSettings].url) as scratch:
            report = Report(max_told=1000)
            pool, keys = self.house.site.pool, (Keyring(key), Keyring(key))
            await verify_state(pool, scratch, keys, self.house.site.number, lambda *_: None, report)
            return report

    async def found(self) -> list[str]:
        return [each.said for each in (await self.verify()).findings]


@pytest.fixture(scope="module")
def tampered() -> dict[str, str]:
    """Each done to one database, so that the log is applied again once for all of them; and what is said of it."""
    return {
        "a membership by hand": (
            "INSERT INTO messaging.member (conversation, person, present, changed, joined)"
            " SELECT id, 4711, true, 1, 1 FROM messaging.conversation WHERE kind = 2"
        ),
        "a membership taken away": "UPDATE messaging.member SET present = false WHERE person ="
        " (SELECT min(person) FROM messaging.member)",
        "an admin by hand": "UPDATE messaging.member SET is_admin = true WHERE person ="
        " (SELECT max(person) FROM messaging.member WHERE person <> 4711)",
        "a message taken out": "DELETE FROM messaging.message WHERE id ="
        " (SELECT min(id) FROM messaging.message WHERE kind = 1)",
        "another author": "UPDATE messaging.message SET sender = 4711 WHERE id ="
        " (SELECT max(id) FROM messaging.message WHERE kind = 1)",
        "a recall undone": "UPDATE messaging.message SET recalled_id = NULL, recalled_by = NULL"
        " WHERE recalled_id IS NOT NULL",
        "a reaction": "UPDATE messaging.reaction SET emoji = '👎'",
        "a title": "UPDATE messaging.conversation SET owner = 4711 WHERE kind = 2",
        "a role": "INSERT INTO identity.role_grant (id, person, role, unit) VALUES (1, 4711, 'admin', 1)",
        "a password": "UPDATE identity.account SET password = '$argon2id$2'",
        "a session": "INSERT INTO identity.session (id, person, token_sha256, used) VALUES (1, 4711, '\\x01', 1)",
        "a preference": "UPDATE identity.preference SET value = '\"zh-CN\"'",
        "a name": "UPDATE org.person SET name = 'Mallory' WHERE name = 'Anna'",
        "a unit": "UPDATE org.unit SET name = 'Mallory & Co'",
        "a post": "DELETE FROM org.post WHERE person = (SELECT max(person) FROM org.post)",
        "a site": "UPDATE sites.site SET joined = 1, invitation = 1 WHERE number = 2",
        "an invitation": "INSERT INTO sites.invitation (id, site) VALUES (1, 2)",
        "a home": "UPDATE sites.home SET site = 2",
        "a decision": "INSERT INTO sites.settled (event, accepted, id) VALUES (1, true, 1)",
        "a border": "DELETE FROM sites.policy",
        "a policy": "UPDATE policies.said SET value = '1'",
        **{
            table.name: f"INSERT INTO {table} (conversation, message, person, present, id) VALUES (1, 2, 4711, true, 1)"  # noqa: S608 (tables of ours)
            for table in metadata.tables.values()
            if FLAG in table.info
        },
        "a star": "INSERT INTO messaging.star (person, message, conversation, present, id)"
        " VALUES (4711, 2, 1, true, 1)",
        "a file": "INSERT INTO files.file (conversation, file, id, person) VALUES (1, 2, 3, 4711)",
        "a draft": "INSERT INTO messaging.draft (person, conversation, id) VALUES (4711, 1, 1)",
    }


@pytest.fixture
async def tables(settings: Settings) -> AsyncIterator[Tables]:
    house = await open_house(settings)
    await live(house)
    yield Tables(house, settings)
    await house.site.close()


async def test_what_nobody_changed_is_what_the_log_says(tables: Tables) -> None:
    report = await tables.verify()
    assert report.findings == []
    assert (report.rows or 0) > 40


async def test_whatever_was_written_by_hand_is_found(tables: Tables, tampered: dict[str, str]) -> None:
    for statement in tampered.values():
        await tables.sql(statement)
    report = await tables.verify()
    assert report.count >= len(tampered) - 1  # two of them are about one row
    said = [each.said for each in report.findings]
    for table in ("messaging.member", "messaging.message", "messaging.reaction", "messaging.conversation"):
        assert any(each.startswith(table) for each in said), table
    for table in set(TABLES) - {"org.worked", "sites.was_home"}:
        assert any(each.startswith(table) for each in said), table
    assert any("person 4711" in each and "no event says" in each for each in said)
    assert any("taken out" in each for each in said)
    assert any("sender" in each for each in said)
    assert any("password" in each for each in said)


async def test_exchanged_words_are_named(tables: Tables) -> None:
    await tables.sql(
        "UPDATE messaging.message m SET body = o.body, body_id = o.body_id FROM messaging.message o"
        " WHERE m.id = (SELECT min(id) FROM messaging.message WHERE kind = 1)"
        " AND o.id = (SELECT max(id) FROM messaging.message WHERE kind = 1 AND recalled_id IS NULL)"
    )
    (said,) = await tables.found()
    assert said.startswith("messaging.message (conversation ")
    assert said.endswith("the log says something else of: body, body_id")


async def test_nothing_is_left_behind(tables: Tables) -> None:
    await tables.verify()
    async with tables.house.site.pool.acquire() as db:
        assert await db.fetchval("SELECT count(*) FROM pg_namespace WHERE starts_with(nspname, 'verifying_')") == 0
