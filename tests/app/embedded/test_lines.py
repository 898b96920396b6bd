"""Lines between the NATS of two sites: who may say what, what a proxy sees, what ends when access ends."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import nats
import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg

from bilin.app.embedded import EmbeddedNats
from bilin.app.embedded.nats_configuration import Dialling, Lines, Listening
from bilin.core.ids import Id
from bilin.sites.enrolment import LOCAL_USER, SiteFiles, account_text, ensure_certificates, key_of, local_line
from bilin.sites.enrolment.nats_accounts import Access, AccessKey
from tests.support.connect_proxy import connect_proxy
from tests.support.site_process import free_port

KEY = AccessKey(b"k" * 32)
SHANGHAI, SHENZHEN = KEY.of_site(2, Id(20)), KEY.of_site(3, Id(30))


class Hub:
    """Headquarters' NATS with whom it lets in."""

    def __init__(self, folder: Path) -> None:
        self.places = SiteFiles(folder)
        self.port = free_port()
        ensure_certificates(self.places, ["127.0.0.1"])
        listening = Listening("127.0.0.1", self.port, self.places.certificate, key_of(self.places.certificate))
        self.server = EmbeddedNats(folder / "nats", folder / "nats.log", lines=lambda: Lines(listening=listening))

    def admit(self, *others: Access) -> None:
        password = self.server.sites_url.split("@")[0].rpartition(":")[2]
        self.server.account.write_text(account_text(local_line(LOCAL_USER, password), others))

    def dialling(self, access: Access, port: int | None = None, proxy: str = "") -> Lines:
        address = f"127.0.0.1:{port or self.port}"
        return Lines(dialling=Dialling((address,), access.user, access.password, self.places.authority, proxy))


@asynccontextmanager
async def running(server: EmbeddedNats) -> AsyncIterator[Client]:
    """A NATS and a client of its site in the account between sites."""
    process = await server.start()
    try:
        client = await nats.connect(server.sites_url, reconnect_time_wait=0.05, max_reconnect_attempts=-1)
        yield client
        await client.close()
    finally:
        await process.stop(server.stop_signal, 5)


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    hub = Hub(tmp_path / "hub")
    hub.admit(SHANGHAI, SHENZHEN)
    return hub


@pytest.fixture
def branch(tmp_path: Path) -> Callable[[str, Lines], EmbeddedNats]:
    return lambda name, lines: EmbeddedNats(tmp_path / name, tmp_path / f"{name}.log", lines=lambda: lines)


async def heard(
    speaker: Client, subject: str, listener: Client, wanted: str | None = None, within_s: float = 5.0
) -> bool:
    """Whether what one says on a subject is heard by another, once lines had time to come up."""
    got: asyncio.Queue[bytes] = asyncio.Queue()

    async def on_message(message: Msg) -> None:
        await got.put(message.data)

    subscription = await listener.subscribe(wanted or subject, cb=on_message)
    await listener.flush()
    until = asyncio.get_running_loop().time() + within_s
    try:
        while asyncio.get_running_loop().time() < until:
            await speaker.publish(subject, b"x")
            await speaker.flush()
            try:
                await asyncio.wait_for(got.get(), 0.1)
            except TimeoutError:
                continue
            return True
        return False
    finally:
        await subscription.unsubscribe()


async def test_sites_hear_what_is_theirs_through_headquarters(hub: Hub, branch: Callable[..., EmbeddedNats]) -> None:
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(running(hub.server))
        shanghai = await stack.enter_async_context(running(branch("sh", hub.dialling(SHANGHAI))))
        shenzhen = await stack.enter_async_context(running(branch("sz", hub.dialling(SHENZHEN))))
        assert await heard(shanghai, "bilin.sites.live.2.1", here)
        assert await heard(shanghai, "bilin.sites.live.2.3", shenzhen)
        assert await heard(here, "bilin.sites.status.1", shenzhen, "bilin.sites.status.*")


@pytest.mark.parametrize("kind", ["live", "passing"])
async def test_what_sites_send_each_other_arrives_as_they_listen_for_it(
    hub: Hub, branch: Callable[..., EmbeddedNats], kind: str
) -> None:
    """A site listens for whoever speaks to it; NATS tells a leaf node of that only what its permissions cover."""
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(running(hub.server))
        shanghai = await stack.enter_async_context(running(branch("sh", hub.dialling(SHANGHAI))))
        shenzhen = await stack.enter_async_context(running(branch("sz", hub.dialling(SHENZHEN))))
        assert await heard(shanghai, f"bilin.sites.{kind}.2.1", here, f"bilin.sites.{kind}.*.1")
        assert await heard(shanghai, f"bilin.sites.{kind}.2.3", shenzhen, f"bilin.sites.{kind}.*.3")
        assert await heard(here, f"bilin.sites.{kind}.1.2", shanghai, f"bilin.sites.{kind}.*.2")


async def test_a_question_is_answered_across_the_line(hub: Hub, branch: Callable[..., EmbeddedNats]) -> None:
    async def answer(message: Msg) -> None:
        await message.respond(b"yes")

    server = branch("sh", hub.dialling(SHANGHAI))
    async with running(hub.server) as here, running(server) as shanghai:
        await here.subscribe("bilin.sites.ask.1.*", cb=answer)
        assert await heard(shanghai, "bilin.sites.live.2.1", here)
        asker = await nats.connect(server.sites_url, inbox_prefix=b"bilin.inbox.2")
        assert (await asker.request("bilin.sites.ask.1.2", b"?", timeout=5)).data == b"yes"
        await asker.close()


@pytest.mark.parametrize(
    "subject",
    [
        "bilin.sites.live.3.1",
        "bilin.sites.status.3",
        "bilin.sites.ask.1.3",
        "bilin.sites.passing.3.1",
        "bilin.log.1",
    ],
)
async def test_a_site_cannot_speak_for_another(hub: Hub, branch: Callable[..., EmbeddedNats], subject: str) -> None:
    async with running(hub.server) as here, running(branch("sh", hub.dialling(SHANGHAI))) as shanghai:
        assert await heard(shanghai, "bilin.sites.live.2.1", here)
        assert not await heard(shanghai, subject, here, within_s=0.5)


@pytest.mark.parametrize("subject", ["bilin.sites.live.1.3", "bilin.sites.ask.3.1", "bilin.inbox.3.x", "bilin.log.1"])
async def test_a_site_does_not_hear_what_is_for_another(
    hub: Hub, branch: Callable[..., EmbeddedNats], subject: str
) -> None:
    async with running(hub.server) as here, running(branch("sh", hub.dialling(SHANGHAI))) as shanghai:
        assert await heard(here, "bilin.sites.live.1.2", shanghai)
        assert not await heard(here, subject, shanghai, within_s=0.5)
        assert not await heard(here, subject, shanghai, "bilin.>", within_s=0.5)


async def test_an_invited_server_may_only_ask_to_join(hub: Hub, branch: Callable[..., EmbeddedNats]) -> None:
    invited = KEY.of_invitation(2, Id(21))
    hub.admit(invited)
    async with running(hub.server) as here, running(branch("new", hub.dialling(invited))) as new:
        assert await heard(new, "bilin.sites.join.21", here, "bilin.sites.join.*")
        assert await heard(here, "bilin.inbox.invited-21.a", new)
        for subject in ("bilin.sites.join.22", "bilin.sites.status.2", "bilin.inbox.1.x"):
            assert not await heard(new, subject, here, within_s=0.3)
        assert not await heard(here, "bilin.sites.status.1", new, within_s=0.3)


async def test_the_bus_of_a_site_stays_at_home(hub: Hub, branch: Callable[..., EmbeddedNats]) -> None:
    server = branch("sh", hub.dialling(SHANGHAI))
    async with running(hub.server) as here, running(server) as shanghai:
        assert await heard(shanghai, "bilin.sites.live.2.1", here)
        bus, other = await nats.connect(server.url), await nats.connect(hub.server.url)
        assert not await heard(bus, "bilin.sites.live.2.1", here, within_s=0.3)
        assert not await heard(bus, "anything", other, within_s=0.3)
        await bus.close()
        await other.close()


async def test_a_wrong_password_and_a_foreign_authority_get_nowhere(
    hub: Hub, branch: Callable[..., EmbeddedNats], tmp_path: Path
) -> None:
    forged = AccessKey(b"x" * 32).of_site(2, Id(20))
    foreign = SiteFiles(tmp_path / "foreign")
    ensure_certificates(foreign, ["127.0.0.1"])
    trusting_another = Lines(
        dialling=Dialling((f"127.0.0.1:{hub.port}",), SHANGHAI.user, SHANGHAI.password, foreign.authority)
    )
    async with running(hub.server) as here:
        for name, lines in (("forged", hub.dialling(forged)), ("foreign", trusting_another)):
            async with running(branch(name, lines)) as client:
                assert not await heard(client, "bilin.sites.live.2.1", here, within_s=1.5)


async def test_the_port_for_sites_is_for_leaf_nodes_of_sites_alone(
    hub: Hub, branch: Callable[..., EmbeddedNats]
) -> None:
    """Neither the users of this site's own processes come in there, nor a site over the port for clients."""
    bus_user, bus_password = hub.server.url.removeprefix("nats://").split("@")[0].split(":")
    here_user, here_password = hub.server.sites_url.removeprefix("nats://").split("@")[0].split(":")
    async with running(hub.server) as here:
        for name, user, password in (("bus", bus_user, bus_password), ("here", here_user, here_password)):
            own = Access(user, password, (), ())
            async with running(branch(name, hub.dialling(own))) as client:
                assert not await heard(client, "bilin.sites.live.2.1", here, within_s=1)
        place = hub.server.url.rpartition("@")[2]
        with pytest.raises(nats.errors.Error, match="Authorization Violation"):
            await nats.connect(
                f"nats://{SHANGHAI.user}:{SHANGHAI.password}@{place}", allow_reconnect=False, max_reconnect_attempts=1
            )


@pytest.mark.parametrize("login", ["", "bilin:p@ss word"])
async def test_a_branch_goes_through_a_proxy(hub: Hub, branch: Callable[..., EmbeddedNats], login: str) -> None:
    async with connect_proxy(login) as proxy:
        user = "bilin:p%40ss%20word@" if login else ""
        lines = hub.dialling(SHANGHAI, proxy=f"http://{user}127.0.0.1:{proxy.port}")
        async with running(hub.server) as here, running(branch("sh", lines)) as shanghai:
            assert await heard(shanghai, "bilin.sites.live.2.1", here)
        assert set(proxy.tunnels) == {f"127.0.0.1:{hub.port}"}
        assert proxy.refused == 0


async def test_large_batches_cross_the_line(hub: Hub, branch: Callable[..., EmbeddedNats]) -> None:
    async with running(hub.server) as here, running(branch("sh", hub.dialling(SHANGHAI))) as shanghai:
        assert await heard(shanghai, "bilin.sites.live.2.1", here)
        subscription = await here.subscribe("bilin.sites.live.2.1")
        await here.flush()
        await asyncio.sleep(0.2)
        await shanghai.publish("bilin.sites.live.2.1", b"x" * 2_000_000)
        assert len((await subscription.next_msg(5)).data) == 2_000_000


async def test_who_lost_access_is_out_after_a_restart_and_the_others_come_back(
    hub: Hub, branch: Callable[..., EmbeddedNats]
) -> None:
    async with AsyncExitStack() as stack:
        shanghai = await stack.enter_async_context(running(branch("sh", hub.dialling(SHANGHAI))))
        shenzhen = await stack.enter_async_context(running(branch("sz", hub.dialling(SHENZHEN))))
        async with running(hub.server) as here:
            assert await heard(shanghai, "bilin.sites.live.2.1", here)
        hub.admit(SHENZHEN)
        async with running(hub.server) as here:
            assert await heard(shenzhen, "bilin.sites.live.3.1", here)
            assert not await heard(shanghai, "bilin.sites.live.2.1", here, within_s=1.5)
