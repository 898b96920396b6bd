"""What another site may write in conversations: what its people and guests may do there."""

from collections.abc import Collection, Mapping, Sequence
from typing import ClassVar

from bilin.core.claims import (
    FOR_EVER,
    LATE,
    NEVER,
    NOT_A_MEMBER,
    NOT_ALLOWED,
    STRANGER,
    TAKEN,
    UNHEARD_OF,
    Claim,
    Knowledge,
    Limits,
    Rule,
    Rules,
)
from bilin.core.database import Connection
from bilin.core.ids import site_of
from bilin.files import FileAdded, FileRemoved
from bilin.messaging.conversations.events import ConversationCreated, ConversationRenamed
from bilin.messaging.conversations.model import direct_id
from bilin.messaging.limits import LIMITS
from bilin.messaging.members.events import MemberRemoved, MemberRoleChanged, MembersAdded, OwnerChanged
from bilin.messaging.messages.events import MessageEdited, MessageRecalled, MessageSent
from bilin.messaging.messages.tables import TEXT
from bilin.messaging.receipts.events import ReadMarked

SELECT_MEMBERS = """
SELECT m.conversation, m.person, m.present, m.removed, m.peer IS NOT NULL AS is_direct
  FROM unnest($1::bigint[], $2::bigint[]) AS wanted(conversation, person)
  JOIN messaging.member m USING (person, conversation) WHERE m.joined > 0"""
SELECT_LED = """
SELECT l.conversation, l.person, l.role, CASE
         WHEN l.role = 'owner' THEN CASE WHEN c.owner = l.person THEN $3 ELSE coalesce(c.owner_id, 0) END
         WHEN m.is_admin THEN $3 ELSE coalesce(m.is_admin_id, 0) END AS until
  FROM unnest($1::bigint[], $2::bigint[]) AS wanted(conversation, person)
  JOIN messaging.led l USING (conversation, person)
  LEFT JOIN messaging.member m USING (person, conversation)
  LEFT JOIN messaging.conversation c ON c.id = l.conversation"""
SELECT_SENDERS = """
SELECT m.conversation, m.id, m.sender FROM unnest($1::bigint[], $2::bigint[]) AS wanted(conversation, message)
  JOIN messaging.message m ON m.conversation = wanted.conversation AND m.id = wanted.message WHERE m.kind = $3"""

SELECT_FILES = """
SELECT f.conversation, f.file, f.person FROM unnest($1::bigint[], $2::bigint[]) AS wanted(conversation, file)
  JOIN files.file f USING (conversation, file) WHERE f.id IS NOT NULL"""


class Membership:
    """Until when somebody is or was in a conversation, an admin of it, its owner."""

    __slots__ = ("admin", "inside", "is_direct", "owner")

    def __init__(self, inside: int = FOR_EVER, admin: int = NEVER, owner: int = NEVER, is_direct: bool = False) -> None:
        self.inside, self.admin, self.owner, self.is_direct = inside, admin, owner, is_direct


LEADING = (ConversationRenamed, MemberRemoved, MemberRoleChanged, OwnerChanged, MessageRecalled, FileRemoved)


class MessagingKnowledge(Knowledge):
    """Who is or was in which conversation, with which role, and who said what."""

    members: dict[tuple[int, int], Membership]
    """(conversation, person) → until when."""
    senders: dict[tuple[int, int], int | None]
    """(conversation, message) → who said it."""
    files: dict[tuple[int, int], int | None]
    """(conversation, file) → who sent it."""

    async def read(self, db: Connection, claims: Sequence[Claim]) -> None:
        pairs = {
            (each.event.conversation, each.actor)
            for each in claims
            if each.actor is not None and self.rule_of(type(each.event)) is not None
        }
        self.members = {}
        if pairs:
            await self._read_members(db, pairs, leads=any(isinstance(each.event, LEADING) for each in claims))
        named = {
            (each.event.conversation, each.event.message)
            for each in claims
            if isinstance(each.event, MessageEdited | MessageRecalled)
        }
        rows = await db.fetch(SELECT_SENDERS, *map(list, zip(*named, strict=True)), TEXT) if named else []
        self.senders = {(row["conversation"], row["id"]): row["sender"] for row in rows}

        removed = {(each.event.conversation, each.event.file) for each in claims if isinstance(each.event, FileRemoved)}
        rows = await db.fetch(SELECT_FILES, *map(list, zip(*removed, strict=True))) if removed else []
        self.files = {(row["conversation"], row["file"]): row["person"] for row in rows}

    async def _read_members(self, db: Connection, pairs: Collection[tuple[int, int]], *, leads: bool) -> None:
        columns = [list(column) for column in zip(*pairs, strict=True)]
        for row in await db.fetch(SELECT_MEMBERS, *columns):
            inside = FOR_EVER if row["present"] else row["removed"]
            self.members[row["conversation"], row["person"]] = Membership(inside, is_direct=row["is_direct"])
        for row in await db.fetch(SELECT_LED, *columns, FOR_EVER) if leads else ():
            member = self._known(row["conversation"], row["person"])
            setattr(member, row["role"], max(getattr(member, row["role"]), row["until"]))

    def learn(self, claim: Claim) -> None:
        """What is known to have ended stays so: an event that is dated before its end does not begin it anew."""
        event = claim.event
        match event:
            case ConversationCreated():
                for each in event.members:
                    admin = FOR_EVER if each.role == "admin" else NEVER
                    owner = FOR_EVER if each.role == "owner" else NEVER
                    is_direct = event.kind == "direct"
                    self.members[event.conversation, each.person] = Membership(FOR_EVER, admin, owner, is_direct)
            case MembersAdded():
                for person in event.people:
                    member = self._known(event.conversation, person)
                    member.inside = FOR_EVER if claim.id > member.inside else member.inside
            case OwnerChanged():
                member = self._known(event.conversation, event.person)
                member.owner = max(member.owner, claim.id)  # somebody may have become it since
            case MemberRoleChanged() if event.role == "admin":
                member = self._known(event.conversation, event.person)
                member.admin = FOR_EVER if claim.id > member.admin else member.admin
            case FileAdded():
                self.files[event.conversation, event.file] = claim.actor
            case MessageSent():
                self.senders[event.conversation, claim.id] = claim.actor

    def _known(self, conversation: int, person: int) -> Membership:
        return self.members.setdefault((conversation, person), Membership(NEVER))

    def _member_of(self, claim: Claim) -> Membership | None:
        """The author as a member, now or at the time; None: was none."""
        found = self.members.get((claim.event.conversation, claim.actor or 0))
        return found if found is not None and claim.id <= found.inside + LATE else None

    def _takes_part(self, claim: Claim) -> str | None:
        if not self.hearing.may_act(claim):
            return STRANGER
        return None if self._member_of(claim) is not None else NOT_A_MEMBER

    def _created(self, claim: Claim) -> str | None:
        event: ConversationCreated = claim.event
        people = [each.person for each in event.members]
        if not self.hearing.may_act(claim):
            return STRANGER
        if claim.actor not in people or len(set(people)) != len(people):
            return NOT_A_MEMBER
        if event.kind == "direct":
            is_its = len(people) == 2 and event.conversation == direct_id(*people)
        else:
            is_its = event.conversation == claim.id
        if not is_its:
            return TAKEN
        owners = [each.person for each in event.members if each.role == "owner"]
        return None if owners == ([] if event.kind == "direct" else [claim.actor]) else NOT_ALLOWED

    def _added(self, claim: Claim) -> str | None:
        why = self._takes_part(claim)
        member = self._member_of(claim)
        return NOT_ALLOWED if why is None and member is not None and member.is_direct else why

    def _renamed(self, claim: Claim) -> str | None:
        why = self._takes_part(claim)
        return NOT_ALLOWED if why is None and not self._leads(claim) else why

    def _leads(self, claim: Claim) -> bool:
        """Whether the author is or was owner or admin."""
        member = self._member_of(claim)
        return member is not None and claim.id <= max(member.admin, member.owner) + LATE and not member.is_direct

    def _owns(self, claim: Claim) -> str | None:
        why, member = self._takes_part(claim), self._member_of(claim)
        if why is not None or member is None:
            return why
        return None if claim.id <= member.owner + LATE and not member.is_direct else NOT_ALLOWED

    def _removed(self, claim: Claim) -> str | None:
        why = self._takes_part(claim)
        if why is not None or claim.event.person == claim.actor:
            return why
        return None if self._leads(claim) else NOT_ALLOWED

    def _edited(self, claim: Claim) -> str | None:
        why = self._takes_part(claim)
        sender = self.senders.get((claim.event.conversation, claim.event.message))
        if why is not None or sender == claim.actor:
            return why
        return UNHEARD_OF if sender is None else NOT_ALLOWED

    def _file_added(self, claim: Claim) -> str | None:
        """It has a number of its own site: that says where its bytes are."""
        return self._takes_part(claim) or (None if site_of(claim.event.file) == claim.site else TAKEN)

    def _file_removed(self, claim: Claim) -> str | None:
        """As its message is taken back."""
        why = self._takes_part(claim)
        sender = self.files.get((claim.event.conversation, claim.event.file))
        if why is not None or sender == claim.actor or self._leads(claim):
            return why
        return UNHEARD_OF if sender is None else NOT_ALLOWED

    def _recalled(self, claim: Claim) -> str | None:
        why = self._edited(claim)
        return None if why in (UNHEARD_OF, NOT_ALLOWED) and self._leads(claim) else why

    LIMITS: ClassVar[Limits] = LIMITS
    RULES: ClassVar[Rules] = {
        ConversationCreated: _created,
        ConversationRenamed: _renamed,
        MembersAdded: _added,
        MemberRemoved: _removed,
        MemberRoleChanged: _owns,
        OwnerChanged: _owns,
        MessageSent: _takes_part,
        MessageEdited: _edited,
        MessageRecalled: _recalled,
        FileAdded: _file_added,
        FileRemoved: _file_removed,
        ReadMarked: _takes_part,
    }
    NAMED: ClassVar[Mapping[str, Rule]] = {"member": _takes_part}
