"""Who is connected, and who of them follows which topic."""

from array import array
from collections.abc import Iterable, Sequence

from bilin.core.events import EVERYONE
from bilin.gateway.followers import Followers
from bilin.gateway.sockets import Listener, Socket

KEPT_S = 60.0
"""Seconds for which it stays known what somebody follows after their last connection closed. Most come back at once,
after a reload or a change of network, and then need not be looked up."""
MAX_KEPT = 4_096
"""Conversations whose listeners are kept as they were found: those that are talked in now. A list of five costs 100
bytes, and finding it anew some microseconds for each message."""
MAX_KEPT_LISTENERS = 1_000
"""In larger conversations a list costs more memory, and finding it next to nothing beside the writes."""
NOBODY = Listener(0, -1)


class Audience:
    """Index of topic → listeners. It always stands at the position of the tail."""

    def __init__(self) -> None:
        self.people: dict[int, Listener] = {}
        """Everybody who is connected, and who was so until a moment ago."""
        self._left_at: dict[int, float] = {}
        self._numbered: list[Listener] = []
        self._free: list[int] = []
        self._followers = Followers()
        self._found: dict[int, list[Listener]] = {}
        """By topic, as `followers` found them, until that changes."""

    def enter(self, connection: Socket, person: int) -> Listener:
        """A connection opened."""
        listener = self.people.get(person)
        if listener is None:
            listener = self.people[person] = self._numbered_one(person)
        self._left_at.pop(person, None)
        listener.connections.append(connection)
        return listener

    def leave(self, connection: Socket, listener: Listener, now: float) -> None:
        """A connection closed."""
        listener.connections.remove(connection)
        if not listener.connections and self.people.get(listener.id) is listener:
            if listener.topics is None:
                self._let_go(listener)
            else:
                self._left_at[listener.id] = now

    def tick(self, now: float) -> None:
        """Let go of who has not come back."""
        gone = []
        for person, at in self._left_at.items():  # in the order they left
            if now - at < KEPT_S:
                break
            gone.append(person)
        for person in gone:
            del self._left_at[person]
            self._let_go(self.people[person])

    def forget(self) -> None:
        """It missed an entry: who follows what is looked up anew, for connections that come from now on."""
        self.people, self._left_at, self._numbered, self._free = {}, {}, [], []
        self._followers, self._found = Followers(), {}

    def settle(self, listener: Listener, topics: set[int], pos: int) -> None:
        """What a listener follows, as of a position that is not ahead of the tail."""
        if self.people.get(listener.id) is not listener:
            return
        for at, topic, follows in listener.changes:
            if at > pos:
                (topics.add if follows else topics.discard)(topic)
        listener.changes = []
        listener.topics = array("q", sorted(topics))
        for topic in listener.topics:
            self._add(topic, listener)

    def change(self, pos: int, pairs: Iterable[tuple[int, int]], follows: bool) -> None:
        """Subscriptions that an entry at a position begins or ends."""
        for person, topic in pairs:
            listener = self.people.get(person)
            if listener is None:
                continue
            if listener.topics is None:
                listener.changes.append((pos, topic, follows))
            elif follows:
                if listener.follow(topic):
                    self._add(topic, listener)
            elif listener.unfollow(topic):
                self._remove(topic, listener)

    def of(self, topics: Sequence[int]) -> Iterable[Listener]:
        """The listeners of some topics, each once."""
        if len(topics) == 1:
            return self._of_one(topics[0])
        if EVERYONE in topics:
            return self.people.values()
        found: set[Listener] = set()
        for topic in topics:
            found.update(self._of_one(topic))
        return found

    def followers(self, topic: int) -> Sequence[Listener]:
        """The listeners that follow a conversation."""
        found = self._found.get(topic)
        if found is None:
            found = list(map(self._numbered.__getitem__, self._followers.of(topic)))
            if 0 < len(found) <= MAX_KEPT_LISTENERS:
                if len(self._found) >= MAX_KEPT:
                    self._found.clear()
                self._found[topic] = found
        return found

    def _add(self, topic: int, listener: Listener) -> None:
        self._found.pop(topic, None)
        self._followers.add(topic, listener.number)

    def _remove(self, topic: int, listener: Listener) -> None:
        self._found.pop(topic, None)
        self._followers.remove(topic, listener.number)

    def _of_one(self, topic: int) -> Iterable[Listener]:
        if topic == EVERYONE:
            return self.people.values()
        person = self.people.get(topic)
        return self.followers(topic) if person is None else (person,)

    def _numbered_one(self, person: int) -> Listener:
        """With the number of somebody who is gone, if there is one."""
        number = self._free.pop() if self._free else len(self._numbered)
        listener = Listener(person, number)
        self._numbered[number : number + 1] = [listener]
        return listener

    def _let_go(self, listener: Listener) -> None:
        del self.people[listener.id]
        for topic in listener.topics or ():
            self._remove(topic, listener)
        self._numbered[listener.number] = NOBODY
        self._free.append(listener.number)
