"""Whose words the latest entries carry, so that what is taken back is taken out of memory too."""

from functools import partial

import msgspec

from bilin.core.log import Entry
from bilin.gateway.items import Item
from bilin.messaging import (
    MessageEdited,
    MessageRecalled,
    MessageSent,
    change_of,
    said_in,
    with_newest,
    without_quote,
    without_words,
)

SENT, EDITED, RECALLED = (each.TYPE.name for each in (MessageSent, MessageEdited, MessageRecalled))
SPEAKING = frozenset((SENT, EDITED, RECALLED))


class Said:
    """Index of message → entries with its words, or with a quote of them."""

    def __init__(self) -> None:
        self._sent: dict[int, Item] = {}
        self._more: dict[int, list[Item]] = {}
        """Edits and quotes: few beside what is sent, which must cost next to nothing."""
        self._changes: dict[int, msgspec.Raw | None] | None = {}
        """What changed since this began, for entries from before that are still to come; None: none are."""

    def __len__(self) -> int:
        """How many messages are known."""
        return len(self._sent.keys() | self._more.keys())

    def filled(self) -> None:
        """No entries from before come any more."""
        self._changes = None

    def note(self, item: Item, entry: Entry) -> None:
        """An entry is remembered."""
        if entry.type == RECALLED:
            return
        message, quoted = said_in(entry)
        item.message = message
        if entry.type == SENT:
            self._sent[message] = item
        else:
            self._more.setdefault(message, []).append(item)
        if quoted is not None:
            item.quoted = quoted
            self._more.setdefault(quoted, []).append(item)

    def older(self, item: Item, entry: Entry) -> Item:
        """An entry from before is remembered; what was taken back since it was read is taken out of it."""
        if entry.type in SPEAKING:
            self.note(item, entry)
            for message in (item.message, item.quoted):
                if self._changes and message in self._changes:
                    _retell(item, message, self._changes[message])
        return item

    def drop(self, item: Item) -> None:
        """An entry is forgotten."""
        if item.message and self._sent.get(item.message) is item:
            del self._sent[item.message]
        for message in (item.message, item.quoted):
            items = self._more.get(message)
            if items is not None and item in items:
                items.remove(item)
                if not items:
                    del self._more[message]

    def change(self, entry: Entry) -> int:
        """An entry takes words back, or puts others in their place: by how many bytes those before it grow."""
        if entry.type == SENT:
            return 0
        message, content = change_of(entry)
        if self._changes is not None:
            self._changes[message] = content
        grown = 0
        sent = self._sent.get(message)
        for item in (*((sent,) if sent is not None else ()), *self._more.get(message, ())):
            before = len(item.wire)
            _retell(item, message, content)
            grown += len(item.wire) - before
        return grown


def _retell(item: Item, message: int, content: msgspec.Raw | None) -> None:
    if item.message == message:
        item.retell(without_words if content is None else partial(with_newest, content=content))
    elif content is None:
        item.retell(without_quote)
