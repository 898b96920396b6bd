"""Putting the sample company into the log of an empty site."""

import asyncio
import random
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from msgspec import UNSET

from bilin.app.demo.groups import Circle, circles
from bilin.app.demo.people import SampleCompany, SamplePerson, make_company
from bilin.app.demo.showcase import show
from bilin.app.demo.talk import Said, Talk
from bilin.core.database import reading
from bilin.core.errors import Conflict
from bilin.core.events import Event
from bilin.core.ids import ConversationId, GrantId, HybridClock, Id, MessageId, PersonId, id_at
from bilin.core.log import Decision, Expect
from bilin.core.site import Site
from bilin.identity import AccountCreated, GrantGiven, PasswordSet, hash_password
from bilin.messaging import (
    Content,
    ConversationCreated,
    ConversationPreferencesChanged,
    DraftSet,
    MemberRole,
    MessageSent,
    Paragraph,
    ReactionSet,
    ReadMarked,
    Text,
    direct_id,
)
from bilin.org import COMPANY, PersonAdded, PersonDeactivated, Post, UnitAdded
from bilin.policies import ValueSet

PASSWORD = "bilin-demo"  # noqa: S105 (the sample company's, printed when it is loaded)
SEED = 20260930
CHUNK = 400
T = TypeVar("T")
EMOJI = ("👍", "✅", "🎉", "😄", "❤️")


class NotEmpty(Conflict):
    """There is a company here already."""

    code = "app.not_empty"
    title = "This site has a company already"
    hint = "Load the sample company into an empty folder: BILIN_DATA_DIR=./sample bilin demo"


@dataclass(frozen=True, slots=True)
class Sample:
    """What was loaded, and who to sign in as (all with `PASSWORD`)."""

    people: int
    conversations: int
    messages: int
    administrator: str
    others: tuple[str, ...]
    newcomer: str
    """Whose password was given by an administrator, so that they choose their own at the first sign-in."""


async def load_sample(site: Site) -> Sample:
    """Load the sample company; `site.log` must be running. Raises `NotEmpty`."""
    async with reading(site.pool) as db:
        if await db.fetchval("SELECT EXISTS (SELECT FROM core.log)"):
            raise NotEmpty
    dice = random.Random(SEED)  # noqa: S311 (invents people, guards nothing)
    now = datetime.now(UTC)
    past = _PastClock(site.number, int(now.timestamp() * 1000) - 29 * 86_400_000)
    company = make_company(dice, past.clock)
    await site.log.append(Decision(_founding(company, past.clock), [Expect(COMPANY, 0)]), company.people[0].id)
    hashed = await hash_password(site, PASSWORD)
    newcomer = company.people[-1]
    for chunk in _chunks(company.people, CHUNK // 4):
        joining = [event for person in chunk for event in _joining(person, hashed, given=person is newcomer)]
        await site.log.append(Decision(joining), None)
    await site.log.append(Decision(list(_administering(company, past.clock))), company.people[0].id)
    await site.log.append(Decision(_policies(company)), company.people[0].id)
    said = 0
    made = circles(dice, company)
    for circle in made:
        conversation, count = await _talk(site, past, dice, Talk(dice, company, now), circle)
        said += count
        if circle.is_pinned:
            said += await show(site, circle, conversation, past.at)
    logins = [company.people[0].login, *(p.login for p in company.people if p.is_english)][:3]
    others = (company.people[1].login, *logins[1:])
    return Sample(len(company.people), len(made), said, logins[0], others, newcomer.login)


def _policies(company: SampleCompany) -> list[Event]:
    """What the company says of all, and one branch of its own."""
    root, branch = company.units[0], next(unit for unit in company.units if unit.name == "华南分公司")
    recall, groups = "messaging.recall_window_s", "messaging.may_create_groups"
    return [
        ValueSet(policy="identity.password_min_chars", unit=root.id, value=10, locked=True, reason="信息安全规定"),
        ValueSet(policy=recall, unit=root.id, value=86_400),
        ValueSet(policy=recall, unit=branch.id, value=2 * 3_600, reason="客户群里的话要算数"),
        ValueSet(policy=groups, unit=branch.id, value=False, reason="新群由负责人建"),
        ValueSet(policy=groups, unit=branch.id, subject="post:经理", value=True),
    ]


class _PastClock:
    """Gives ids of a past moment, all different."""

    def __init__(self, node: int, start_ms: int) -> None:
        self._ms = start_ms
        self.clock = HybridClock(node, lambda: self._ms)
        self._given: set[int] = set()

    def at(self, unix_ms: int) -> Id:
        identifier = id_at(unix_ms) | (self.clock.node << 12)
        while identifier in self._given:
            identifier += 1
        self._given.add(identifier)
        return Id(identifier)


def _founding(company: SampleCompany, clock: HybridClock) -> list[Event]:
    admin, root = company.people[0], company.units[0]
    units: list[Event] = [
        UnitAdded(unit=u.id, parent=u.parent, name=u.name, kind=u.kind, rank=u.rank)  # type: ignore[arg-type]
        for u in company.units
    ]
    return [*units, GrantGiven(grant=GrantId(clock.next()), person=admin.id, role="admin", unit=root.id)]


def _joining(person: SamplePerson, hashed: str, *, given: bool) -> list[Event]:
    return [
        PersonAdded(
            person=person.id,
            name=person.name,
            title=person.title,
            unit=person.unit.id,
            units=(Post(unit=person.unit.id, title=person.title, main=True),),
            email=person.email,
            phone=person.phone,
        ),
        AccountCreated(person=person.id, login=person.login),
        PasswordSet(person=person.id, hash=hashed, keeps=None, given=given),
    ]


def _administering(company: SampleCompany, clock: HybridClock) -> Iterable[Event]:
    """Each branch is administered by its first person, finance reads the audit, and somebody has left."""
    heads: dict[str, SamplePerson] = {}
    for person in company.people:
        heads.setdefault(person.branch.name, person)
    for head in heads.values():
        if head is not company.people[0]:
            yield GrantGiven(grant=GrantId(clock.next()), person=head.id, role="org_admin", unit=head.branch.id)
    auditor = next(person for person in company.people if person.unit.name == "财务部")
    yield GrantGiven(grant=GrantId(clock.next()), person=auditor.id, role="auditor", unit=company.units[0].id)
    yield PersonDeactivated(person=company.people[-2].id)


async def _talk(
    site: Site, past: _PastClock, dice: random.Random, talk: Talk, circle: Circle
) -> tuple[ConversationId, int]:
    """Make a conversation, let its people talk, and let them have read most of it. How many messages there are."""
    said = talk.among(circle.people, circle.dialogues, circle.english_share)
    first_ms = (said[0].at_ms if said else int(datetime.now(UTC).timestamp() * 1000)) - 3_600_000
    begun = past.at(first_ms)
    owner = circle.people[0]
    conversation = direct_id(owner.id, circle.people[1].id) if circle.is_direct else ConversationId(begun)
    created = ConversationCreated(
        conversation=conversation,
        kind="direct" if circle.is_direct else "group",
        title=circle.title,
        members=tuple(
            MemberRole(person=p.id, role="owner" if p is owner and not circle.is_direct else "member")
            for p in circle.people
        ),
    )
    await site.log.append(Decision([created], id=begun), owner.id)
    sent = [(past.at(each.at_ms), each) for each in said]
    for chunk in _chunks(sent, CHUNK):
        await asyncio.gather(
            *(site.log.append(Decision([_message(conversation, each)], id=i), each.sender.id) for i, each in chunk)
        )
    await asyncio.gather(*_aftermath(site, dice, circle, conversation, sent))
    return conversation, len(sent)


def _message(conversation: ConversationId, said: Said) -> MessageSent:
    return MessageSent(
        conversation=conversation,
        content=said.content,
        reply_to=None,
        mentions=tuple(PersonId(person.id) for person in said.mentions),
        mentions_all=False,
    )


def _aftermath(
    site: Site,
    dice: random.Random,
    circle: Circle,
    conversation: ConversationId,
    sent: Sequence[tuple[Id, Said]],
) -> Iterable[Awaitable[object]]:
    """Reactions, and how far everybody has read."""
    for identifier, said in sent:
        if dice.random() < 0.06:
            who = dice.choice([person for person in circle.people if person is not said.sender])
            reaction = ReactionSet(
                conversation=conversation, message=MessageId(identifier), emoji=dice.choice(EMOJI), present=True
            )
            yield site.log.append(Decision([reaction]), who.id)
    for person in circle.people:
        behind = 0 if dice.random() < circle.read_share else dice.randrange(1, 6)
        if len(sent) > behind:
            through = MessageId(sent[-1 - behind][0])
            yield site.log.append(
                Decision([ReadMarked(conversation=conversation, through=through, shared=False)]), person.id
            )
    if circle.is_pinned or circle.is_muted:
        event = ConversationPreferencesChanged(
            conversation=conversation, muted=circle.is_muted or UNSET, pinned=circle.is_pinned or UNSET
        )
        yield site.log.append(Decision([event]), circle.viewer.id)
    if circle.draft:
        content = Content((Paragraph((Text(circle.draft),)),))
        begun = DraftSet(person=circle.viewer.id, conversation=conversation, content=content, reply_to=None)
        yield site.log.append(Decision([begun]), circle.viewer.id)


def _chunks(items: Sequence[T], size: int) -> Iterable[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
