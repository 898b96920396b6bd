"""What clients are sent of each event: every field is decided here; what is private leaves the server for nobody."""

from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import pytest

from bilin.app import modules
from bilin.core.codec import from_json, to_json
from bilin.core.events import EVENT_TYPES, Event, EventType, Recorded, additive, event
from bilin.core.ids import Id, PersonId, SessionId
from bilin.core.log.entry import decode_event, entry_of, pack_entries, unpack_entries
from bilin.core.log.store import row_of
from bilin.identity import SessionRevoked
from bilin.identity.events import SessionOpened

assert modules.MODULES
SHOWN = {
    "identity.account_created": "login person",
    "identity.grant_given": "grant person role unit",
    "identity.grant_revoked": "grant person",
    "identity.guest_admitted": "person site",
    "identity.login_changed": "login old person",
    "identity.password_set": "person",
    "identity.preferences_changed": "density locale send_key text_scale theme",
    "identity.session_opened": "address device person session",
    "identity.session_revoked": "person session",
    "identity.session_used": "person session",
    "messaging.conversation_created": "conversation kind members title",
    "messaging.conversation_preferences_changed": "conversation hidden muted pinned",
    "messaging.conversation_renamed": "conversation title",
    "messaging.draft_set": "content conversation follows person reply_to",
    "messaging.member_removed": "conversation person",
    "messaging.member_role_changed": "conversation person role",
    "messaging.members_added": "conversation people",
    "messaging.message_edited": "content conversation mentions mentions_all message",
    "messaging.message_recalled": "conversation message",
    "messaging.message_sent": "content conversation mentions mentions_all reply_to seen",
    "messaging.owner_changed": "conversation person",
    "messaging.pin_set": "conversation message present",
    "messaging.reaction_set": "conversation emoji message present",
    "messaging.read_marked": "conversation seen shared through",
    "messaging.star_set": "conversation message person present",
    "org.person_added": "name person title unit units",
    "org.person_changed": "name person title unit units",
    "org.person_deactivated": "person",
    "org.person_reactivated": "person",
    "org.unit_added": "kind name parent rank unit",
    "org.unit_changed": "kind locale name parent rank unit",
    "org.unit_removed": "unit",
    "policies.value_set": "policy unit",
    "sites.home_set": "site unit",
    "sites.kept_back_settled": "accepted events",
    "sites.policy_set": "kinds leaves unit",
    "sites.site_added": "address name site",
    "sites.site_changed": "address name site",
    "sites.site_invited": "site",
    "sites.site_joined": "site",
    "sites.site_retired": "site",
    "sites.site_revoked": "site",
}
"""A new field belongs here, or among the `private` ones of its type."""
PRIVATE = {
    "identity.password_set": "again given hash keeps reset",
    "identity.session_opened": "password reset token_sha256",
    "org.person_added": "email phone",
    "org.person_changed": "email phone",
    "policies.value_set": "locked reason subject value",
    "sites.site_joined": "invitation nonce_sha256",
}


def test_every_field_of_every_type_is_decided() -> None:
    ours = {name: known for name, known in EVENT_TYPES.items() if known.cls.__module__.startswith("bilin.")}
    shown = {name: " ".join(sorted(set(known.cls.__struct_fields__) - known.private)) for name, known in ours.items()}
    assert shown == SHOWN
    assert {name: " ".join(sorted(known.private)) for name, known in ours.items() if known.private} == PRIVATE


OPENED = SessionOpened(
    session=SessionId(7), person=PersonId(8), device="Chrome", address="10.0.0.1", token_sha256="ab" * 32, reset=Id(9)
)


def recorded(event: Event) -> Recorded[Event]:
    return Recorded(1, Id(5), 1, PersonId(8), None, event)


def test_private_fields_are_not_in_the_frame_and_followers_have_them() -> None:
    (entry,) = unpack_entries(pack_entries([entry_of(recorded(OPENED), to_json(OPENED))], 3))
    frame = from_json(entry.frame, dict[str, msgspec.Raw])
    assert from_json(bytes(frame["data"]), dict[str, str]) == {
        "session": "7",
        "person": "8",
        "device": "Chrome",
        "address": "10.0.0.1",
    }
    assert entry.event() == OPENED


def _secret(kind: Any, name: str) -> Any:
    """A value that a frame can be searched for, of a field's type; None where it has no text."""
    texts = [each for each in (kind, *get_args(kind)) if isinstance(each, type) and issubclass(each, str | Id)]
    return f"secret-{name}" if str in texts else Id(7_777_777) if texts else None


def _filled(known: EventType) -> Event:
    """An event whose private fields hold what must not be found in a frame."""
    hints = get_type_hints(known.cls)
    given = {name: secret for name in known.private if (secret := _secret(hints[name], name)) is not None}
    needed = {field.name for field in msgspec.structs.fields(known.cls) if field.required} - given.keys()
    others = {
        name: Id(5) if issubclass(hints[name], int) else () if get_origin(hints[name]) is tuple else "x"
        for name in needed
    }
    return known.cls(**others, **given)


@pytest.mark.parametrize("name", sorted(PRIVATE))
def test_nothing_private_is_in_a_frame(name: str) -> None:
    known = EVENT_TYPES[name]
    event = _filled(known)
    data = to_json(event)
    assert b"secret-" in data
    for version in range(1, known.version + 2):
        frame = entry_of(recorded(event), data, version).frame
        assert b"secret-" not in frame
        assert b"7777777" not in frame
        fields = from_json(bytes(from_json(frame, dict[str, msgspec.Raw])["data"]), dict[str, msgspec.Raw])
        assert fields.keys() <= set(SHOWN[name].split())


@event(
    "tests.renamed",
    version=3,
    merge=additive(),
    upgrades={1: lambda fields: {"name": fields["title"]}, 2: lambda fields: fields | {"loud": msgspec.Raw(b"true")}},
)
class Renamed(Event, frozen=True, kw_only=True):
    """Something has a new name."""

    name: str
    loud: bool
    since: int = 0

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (1,)


@pytest.mark.parametrize(
    ("version", "data"), [(1, b'{"title":"a"}'), (2, b'{"name":"a"}'), (3, b'{"name":"a","loud":true}')]
)
def test_clients_get_events_of_earlier_releases_as_they_are_said_today(
    monkeypatch: pytest.MonkeyPatch, version: int, data: bytes
) -> None:
    monkeypatch.setitem(EVENT_TYPES, "tests.renamed", Renamed.TYPE)
    said = decode_event("tests.renamed", version, data)
    assert said == Renamed(name="a", loud=True)
    frame = from_json(entry_of(recorded(said), data, version).frame, dict[str, msgspec.Raw])
    assert bytes(frame["v"]) == b"3"
    shown = from_json(bytes(frame["data"]), dict[str, msgspec.Raw])
    assert {"name", "loud"} <= shown.keys()
    monkeypatch.delitem(EVENT_TYPES, "tests.renamed")


def test_an_event_without_private_fields_is_sent_as_it_was_encoded() -> None:
    event = SessionRevoked(session=SessionId(7), person=PersonId(8))
    data = b'{ "session": "7",  "person": "8", "unknown": 1 }'
    entry = entry_of(recorded(event), data)
    assert entry.shown == data
    assert (entry.whole, entry.event()) == (b"", event)


@pytest.mark.parametrize("type_name", ["identity.session_revoked", "identity.session_opened"])
def test_fields_of_a_newer_release_stay_here_until_somebody_decided_about_them(type_name: str) -> None:
    known = EVENT_TYPES[type_name]
    data = b'{"session":"7","person":"8","device":"","address":"","token_sha256":"ab","secret":"of tomorrow"}'
    event = decode_event(type_name, 0, data)
    row = row_of(Recorded(1, Id(5), 2, None, None, event), data, known.version + 1)
    assert b"tomorrow" not in row.entry.frame
    assert row.data == data
