"""One site on two machines, with a database under Patroni and three NATS: of each, one is lost while people write."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from time import monotonic

import pytest

from tests.crash.api import Api, NoAnswer, opened
from tests.crash.outage import slowness
from tests.crash.reader import text_of
from tests.support.nats_servers import nats_cluster, url_of
from tests.support.patroni import running_patroni
from tests.system.test_roles import Machines, found

pytestmark = pytest.mark.slow
PATIENCE_S = 120.0
NATS_S, FAILOVER_S = 2.0, 45.0
"""Longest silence: with Patroni's least `ttl` of 20 s a new primary is there after 17 to 26 s (measured)."""


@pytest.fixture
def place() -> Iterator[Path]:
    """PostgreSQL's own user must get there."""
    with tempfile.TemporaryDirectory(prefix="bilin-cluster-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


class Writing:
    """Somebody sends message after message at each machine, each until it is acknowledged."""

    def __init__(self, apis: list[Api], token: str, group: str) -> None:
        self._apis, self._token, self._path = apis, token, f"/conversations/{group}/messages"
        self.said: dict[str, str] = {}
        self._at: list[float] = []

    async def one(self, api: Api, name: str) -> None:
        content = {"blocks": [{"type": "paragraph", "spans": [{"type": "text", "text": name}]}]}
        while True:
            try:
                answer = await api.once("POST", self._path, self._token, {"content": content}, name)
            except NoAnswer:
                await asyncio.sleep(0.1)
            else:
                self.said[name] = answer["id"]
                self._at.append(monotonic())
                return

    async def through(self, trouble: Callable[[], Awaitable[None]], name: str) -> float:
        """The longest silence from the trouble until everybody writes again, in seconds."""
        began, done = monotonic(), asyncio.Event()
        self._at = [began]

        async def go_on(number: int, api: Api) -> None:
            count = 0
            while not done.is_set() or count < 5:
                await self.one(api, f"{name}-{number}-{count}")
                count += 1

        writing = [asyncio.create_task(go_on(number, api)) for number, api in enumerate(self._apis)]
        async with asyncio.timeout(PATIENCE_S):
            await trouble()
            told = len(self._at)
            while len(self._at) < told + 20:
                await asyncio.sleep(0.05)
            done.set()
            await asyncio.gather(*writing)
        return max(later - earlier for earlier, later in zip(self._at, self._at[1:], strict=False))


async def test_a_primary_and_a_nats_are_lost_and_nothing_acknowledged_is(place: Path) -> None:
    async with running_patroni(place) as patroni:
        with nats_cluster(place) as buses, ExitStack() as stack:
            shared = {"BILIN_DATABASE_URL": patroni.url, "BILIN_NATS_URL": url_of(buses)}
            machines = Machines(place, shared, stack)
            first, second = [await asyncio.to_thread(machines.start, "web") for _ in range(2)]
            async with opened(first.address) as one, opened(second.address) as other:
                token = await found(one, first)
                body = {"kind": "group", "title": "两台机器", "members": []}
                group = str((await one.call("POST", "/conversations", token, body))["id"])
                writing = Writing([one, other], token, group)

                async def lose_the_primary() -> None:
                    (await patroni.primary()).kill()

                of_nats = 0.0
                for number, bus in enumerate(buses):  # each in turn: one of them the machines use
                    of_nats = max(of_nats, await writing.through(partial(asyncio.to_thread, bus.end), f"nats-{number}"))
                    await asyncio.to_thread(bus.start)
                of_primary = await writing.through(lose_the_primary, "primary")
                print(f"NATS: {of_nats:.2f} s, primary: {of_primary:.1f} s, {len(writing.said)} acknowledged")
                for api in (one, other):
                    _, messages = await api.history(group, token)
                    assert {text_of(each["content"]): each["id"] for each in messages} == writing.said
                    assert len(messages) == len(writing.said)
                assert of_nats <= NATS_S * slowness()
                assert of_primary <= FAILOVER_S * slowness()
