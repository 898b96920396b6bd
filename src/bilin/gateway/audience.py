"""Who is connected, and who of them follows which topic."""

from collections.abc import Iterable, Sequence

from bilin.core.events import EVERYONE
from bilin.gateway.sockets import Listener, Socket


class Audience:
    """Index of topic → listeners. It always stands at the position of the tail."""

    def __init__(self) -> None:
        self.people: dict[int, Listener] = {}
        self._followers: dict[int, set[Listener]] = {}

    def enter(self, connection: Socket, person: int) -> Listener:
        """A connection opened."""
        listener = self.people.get(person)
        if listener is None:
            listener = self.people[person] = Listener(person)
        listener.connections.append(connection)
        return listener

    def leave(self, connection: Socket, listener: Listener) -> None:
        """A connection closed."""
        listener.connections.remove(connection)
        if not listener.connections and self.people.get(listener.id) is listener:
            del self.people[listener.id]
            for topic in listener.topics or ():
                self._drop(listener, topic)

    def forget(self) -> None:
        """It missed an entry: who follows what is looked up anew, for connections that come from now on."""
        self.people, self._followers = {}, {}

    def settle(self, listener: Listener, topics: set[int], pos: int) -> None:
        """What a listener follows, as of a position that is not ahead of the tail."""
        if self.people.get(listener.id) is not listener:
            return
        for at, topic, follows in listener.changes:
            if at > pos:
                (topics.add if follows else topics.discard)(topic)
        listener.changes = []
        listener.topics = topics
        for topic in topics:
            self._followers.setdefault(topic, set()).add(listener)

    def change(self, pos: int, pairs: Iterable[tuple[int, int]], follows: bool) -> None:
        """Subscriptions that an entry at a position begins or ends."""
        for person, topic in pairs:
            listener = self.people.get(person)
            if listener is None:
                continue
            if listener.topics is None:
                listener.changes.append((pos, topic, follows))
            elif follows:
                listener.topics.add(topic)
                self._followers.setdefault(topic, set()).add(listener)
            else:
                listener.topics.discard(topic)
                self._drop(listener, topic)

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

    def followers(self, topic: int) -> Iterable[Listener]:
        """The listeners that follow a conversation."""
        return self._followers.get(topic, ())

    def _of_one(self, topic: int) -> Iterable[Listener]:
        followers = self._followers.get(topic)
        if followers is not None:
            return followers
        if topic == EVERYONE:
            return self.people.values()
        person = self.people.get(topic)
        return () if person is None else (person,)

    def _drop(self, listener: Listener, topic: int) -> None:
        followers = self._followers.get(topic)
        if followers is not None:
            followers.discard(listener)
            if not followers:
                del self._followers[topic]
