"""What clients are sent of each event: what the contract says, and nothing that is private."""

import re
from pathlib import Path
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
PRIVATE = {
    "files.file_added": "blob key name",
    "identity.password_set": "again given hash keeps reset",
    "identity.session_opened": "password reset token_sha256",
    "org.person_added": "email phone",
    "org.person_changed": "email phone",
    "policies.value_set": "locked reason subject value",
    "sites.site_joined": "invitation nonce_sha256",
}
"""What must be private. A new field belongs here, or clients see it: then the diff of `generated.ts` shows it, too."""
SOUNDS_PRIVATE = re.compile("hash|sha256|secret|token|nonce|password|email|phone")
CONTRACT = Path(__file__).parents[2] / "web" / "src" / "core" / "api" / "generated.ts"
OURS = {name: known for name, known in EVENT_TYPES.items() if known.cls.__module__.startswith("bilin.")}


def shown(known: EventType) -> set[str]:
    """The fields that are sent to clients."""
    return set(known.cls.__struct_fields__) - known.private


def in_the_contract() -> dict[str, set[str]]:
    """The fields of each event as clients know them."""
    written = CONTRACT.read_text(encoding="utf-8")
    fields = {
        found[1]: set(re.findall(r"^  (\w+)\??:", found[2], re.MULTILINE))
        for found in re.finditer(r"^export interface (\w+) \{\n(.*?)^\}", written, re.MULTILINE | re.DOTALL)
    }
    (types,) = re.findall(r"^export interface EventData \{\n(.*?)^\}", written, re.MULTILINE | re.DOTALL)
    return {name: fields[shape] for name, shape in re.findall(r"'([\w.]+)': (\w+)", types)}


def test_what_is_private_stays_private() -> None:
    assert {name: " ".join(sorted(known.private)) for name, known in OURS.items() if known.private} == PRIVATE
    assert [
        (name, field) for name, known in OURS.items() for field in shown(known) if SOUNDS_PRIVATE.search(field)
    ] == []


def test_clients_are_sent_what_the_contract_says() -> None:
    contract = in_the_contract()
    assert len(contract) > 30
    assert {name: shown(OURS[name]) for name in contract} == contract


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
        assert fields.keys() <= shown(known)


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
