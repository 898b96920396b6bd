"""Three sites that talk in one group and hear of each other late, as a plain model beside the tables.

The model knows what nobody at any single site knows: which texts a person has read, wherever they did it.
"""

from dataclasses import dataclass, field

from hypothesis import strategies as st

from bilin.core.events import Event, Recorded
from bilin.core.ids import ConversationId, Id, MessageId, PersonId
from bilin.messaging import ConversationCreated, MemberRemoved, MemberRole, MembersAdded, MessageSent, ReadMarked
from tests.messaging.house import words

SITES = (1, 2, 3)
PEOPLE = tuple(PersonId(number) for number in (11, 12, 13))
NEWCOMER = PersonId(14)
GROUP = ConversationId(1_000)


@dataclass(frozen=True)
class Text:
    """A text message."""

    id: int
    sender: int

    @property
    def site(self) -> int:
        return self.id >> 12 & 1023


@dataclass
class Office:
    """A site: what it holds, in the order it came, and how far people have read there."""

    number: int
    now: int = 0
    events: list[Recorded[Event]] = field(default_factory=list)
    commits: list[list[Recorded[Event]]] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    heard: dict[int, int] = field(default_factory=lambda: dict.fromkeys(SITES, 0))
    read: dict[int, int] = field(default_factory=dict)
    marks: dict[tuple[int, int], int] = field(default_factory=dict)

    def covers(self, person: int, text: Text) -> bool:
        """Whether this site was told that somebody has read a text elsewhere."""
        return text.id <= self.marks.get((person, text.site), 0)

    def settle(self, people: tuple[int, ...]) -> None:
        """Count on as long as the next text is covered."""
        for person in people:
            at = self.read.get(person, 0)
            while at < len(self.texts) and self.covers(person, self.texts[at]):
                at += 1
            self.read[person] = at


class Company:
    """All sites, and what people have read."""

    def __init__(self) -> None:
        self.offices = {number: Office(number) for number in SITES}
        self.has_read: dict[int, set[int]] = {person: set() for person in (*PEOPLE, NEWCOMER)}
        self.came: list[int] = []
        """Ids of the events by which the newcomer came."""
        members = (MemberRole(PEOPLE[0], "owner"), *(MemberRole(person, "member") for person in PEOPLE[1:]))
        self._happen(1, PEOPLE[0], ConversationCreated(conversation=GROUP, kind="group", title="", members=members))
        for site in SITES[1:]:
            self.hear(site, 1, 1)

    def say(self, site: int, person: PersonId) -> None:
        """Somebody writes; at this site that is to have read everything."""
        office = self.offices[site]
        seen = tuple(mark for mark in self._newest(office, person, len(office.texts)) if mark >> 12 & 1023 != site)
        said = MessageSent(
            conversation=GROUP, content=words("x"), reply_to=None, mentions=(), mentions_all=False, seen=seen
        )
        record = self._happen(site, person, said)
        office.texts.append(Text(record.id, person))
        self._reads(office, person, len(office.texts))

    def mark(self, site: int, person: PersonId, through: int) -> None:
        """Somebody reads up to the text of a number."""
        office = self.offices[site]
        if through > office.read.get(person, 0):
            seen = self._newest(office, person, through)
            last = MessageId(office.texts[through - 1].id)
            self._happen(
                site,
                person,
                ReadMarked(conversation=GROUP, through=last, shared=True, seen=None if seen == (last,) else seen),
            )
            self._reads(office, person, through)

    def come(self, site: int) -> None:
        """The newcomer is let in."""
        event = MembersAdded(conversation=GROUP, people=(NEWCOMER,))
        self.came.append(self._happen(site, PEOPLE[0], event).id)

    def go(self, site: int) -> None:
        """The newcomer is put out."""
        self._happen(site, PEOPLE[0], MemberRemoved(conversation=GROUP, person=NEWCOMER))

    def hear(self, site: int, origin: int, count: int) -> None:
        """A site takes in the next events of another, in one commit."""
        office, start = self.offices[site], self.offices[site].heard[origin]
        own = [record for record in self.offices[origin].events if record.site == origin]
        records = own[start : start + count]
        if site == origin or not records:
            return
        office.heard[origin] += len(records)
        office.now = max(office.now, *(record.id >> 22 for record in records))
        arrived = Id(office.now << 22 | site << 12)
        taken = [Recorded(0, r.id, r.site, r.actor, None, r.event, arrived) for r in records]
        office.commits.append(taken)
        for record in taken:
            self._learn(office, record)
        office.settle(PEOPLE)

    def hear_everything(self) -> None:
        """The lines are back."""
        for site in SITES:
            for origin in SITES:
                self.hear(site, origin, 1_000)

    def _happen(self, site: int, actor: PersonId, event: Event) -> Recorded[Event]:
        office = self.offices[site]
        office.now += 1
        record: Recorded[Event] = Recorded(0, Id(office.now << 22 | site << 12), site, actor, None, event)
        office.events.append(record)
        office.commits.append([record])
        return record

    def _learn(self, office: Office, record: Recorded[Event]) -> None:
        event, actor = record.event, int(record.actor or 0)
        if isinstance(event, MessageSent):
            office.texts.append(Text(record.id, actor))
        if isinstance(event, MessageSent | ReadMarked):
            for mark in event.marks(record.id):
                key = (actor, mark >> 12 & 1023)
                office.marks[key] = max(mark, office.marks.get(key, 0))

    def _reads(self, office: Office, person: int, through: int) -> None:
        self.has_read[person].update(text.id for text in office.texts[:through])
        office.read[person] = max(through, office.read.get(person, 0))
        office.settle((person,))

    @staticmethod
    def _newest(office: Office, person: int, through: int) -> tuple[MessageId, ...]:
        newest: dict[int, int] = {}
        for text in office.texts[office.read.get(person, 0) : through]:
            newest[text.site] = max(text.id, newest.get(text.site, 0))
        return tuple(map(MessageId, newest.values()))


@st.composite
def companies(draw: st.DrawFn, newcomer: bool = False) -> Company:
    """A company after a while of work, cut off from itself now and then."""
    company = Company()
    kinds = ["say", "say", "mark", "hear", "hear"] + (["come", "go", "newcomer"] if newcomer else [])
    steps = st.tuples(st.sampled_from(kinds), st.sampled_from(SITES), st.sampled_from(PEOPLE), st.integers(1, 8))
    for kind, site, person, number in draw(st.lists(steps, max_size=30)):
        texts = len(company.offices[site].texts)
        if kind == "say":
            company.say(site, person)
        elif kind == "mark" and texts:
            company.mark(site, person, 1 + number % texts)
        elif kind == "hear":
            company.hear(site, draw(st.sampled_from(SITES)), number)
        elif kind == "come":
            company.come(site)
        elif kind == "go":
            company.go(site)
    return company
