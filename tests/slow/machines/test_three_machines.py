"""Three machines set up from `cluster.md`, of which each is lost in turn while somebody chats in a browser."""

import asyncio
import contextlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from time import monotonic

import asyncpg
import pytest

from bilin.app.embedded.binaries import nats_program
from bilin.app.embedded.os_user import database_user
from bilin.core.primary import NoPrimary, connect
from tests.crash.api import Api, NoAnswer, opened
from tests.crash.reader import text_of
from tests.slow.machines import manual
from tests.slow.machines.lan import Machine, lan
from tests.slow.namespaces.country import missing
from tests.support.patroni import PLACE
from tests.support.site_process import SiteProcess, free_port
from tests.system.test_roles import found

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
PATIENCE_S = 240.0
TITLE = "三台机器"
ENVIRON = {"BILIN_IDENTITY_HASH_MEMORY_KIB": "64", "BILIN_IDENTITY_HASH_PASSES": "1", "BILIN_LOG_LEVEL": "info"}
IN_STEP = "SELECT count(*) = 2 AND bool_or(sync_state = 'sync') FROM pg_stat_replication WHERE state = 'streaming'"
ROUNDS = 5
"""So many messages of each are acknowledged before the next machine is lost."""


class Cluster:
    """The programs of all machines."""

    def __init__(self, machines: Sequence[Machine]) -> None:
        self.machines = machines
        places = ",".join(each.address for each in machines)
        self._superuser = f"postgresql://postgres:{manual.PASSWORD}@{places}/postgres"
        self.sites = [self._site(each) for each in machines]

    def start_engines(self, machine: Machine) -> None:
        """etcd, Patroni, NATS: steps 2 to 4 of the page. Returns at once."""
        user = database_user()
        assert user is not None
        machine.start(["etcd", "--config-file", machine.folder / "etcd.yaml"])
        machine.start([PLACE / "bin" / "patroni", machine.folder / "patroni.yaml"], user.uid)
        machine.start([nats_program(), "--config", machine.folder / "nats.conf"])

    async def make_database(self) -> None:
        """The end of step 3."""
        db = await self._primary()
        for statement in manual.statements():
            await db.execute(statement)
        await db.close()

    async def start_site(self, number: int) -> None:
        """Step 5, on one machine."""
        site, first = self.sites[number], self.sites[0]
        if not site.data.exists():
            site.data.mkdir(mode=0o700)
            if site is not first:
                shutil.copytree(first.data / "keys", site.data / "keys")
        site.start(wait=False)
        await asyncio.to_thread(site.wait_until, "Ctrl-C stops everything.", PATIENCE_S)

    async def until_in_step(self) -> None:
        """Two standbys follow the primary, one of them so that nothing is acknowledged without it."""
        db = await self._primary()
        while not await db.fetchval(IN_STEP):
            await asyncio.sleep(0.2)
        await db.close()

    async def with_primary(self) -> int:
        """Which machine has the database that takes writes."""
        db = await self._primary()
        address = await db.fetchval("SELECT host(inet_server_addr())")
        await db.close()
        return next(number for number, each in enumerate(self.machines) if each.address == address)

    async def _primary(self) -> "asyncpg.Connection[asyncpg.Record]":
        while True:
            try:
                return await connect(self._superuser, timeout=5)
            except (NoPrimary, OSError, asyncpg.PostgresError):
                await asyncio.sleep(0.2)

    def _site(self, machine: Machine) -> SiteProcess:
        own = {"BILIN_CONFIG": str(machine.folder / "bilin.toml"), "SSL_CERT_FILE": str(machine.folder / "ca.pem")}
        site = SiteProcess(machine.folder / "bilin", ENVIRON | own, network=machine.network_file)
        site.port = 8300
        return site


class Browser:
    """Somebody who says one thing after the other (`web/e2e/machines`), each once the one before was acknowledged."""

    def __init__(self, folder: Path, address: str) -> None:
        self._said, self._truth, self._output = folder / "said", folder / "truth", folder / "browser.log"
        self._hush, self._hushed = folder / "hush", folder / "hushed"
        environ = {**os.environ, "BILIN_URL": address, "BILIN_CHAT": str(folder)}
        with self._output.open("wb") as output:
            command = ["npm", "--prefix", "web", "run", "--silent", "e2e"]
            self._process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=output, stderr=output)

    @property
    def said(self) -> list[str]:
        """What was acknowledged."""
        assert self._process.poll() is None or self._truth.exists(), self._output.read_text()
        return self._said.read_text().splitlines() if self._said.exists() else []

    async def hush(self) -> None:
        """It says no more, once what it is saying was acknowledged."""
        self._hush.touch()
        async with asyncio.timeout(PATIENCE_S):
            while not self._hushed.exists():
                await asyncio.sleep(0.1)

    def ends_with(self, truth: Sequence[str]) -> None:
        """Its last sight must be these ids."""
        written = self._truth.with_suffix(".part")
        written.write_text(json.dumps(truth))
        written.rename(self._truth)
        assert self._process.wait(PATIENCE_S) == 0, self._output.read_text()
        assert "1 passed" in self._output.read_text()

    def stop(self) -> None:
        """For the end of a test."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(20)


class Colleague:
    """Somebody who talks through whichever machine answers."""

    def __init__(self, apis: Sequence[Api], token: str, group: str) -> None:
        self._apis, self._token, self._path = apis, token, f"/conversations/{group}/messages"
        self.said: list[str] = []
        self.is_done = False

    async def talk(self) -> None:
        turn = 0
        while not self.is_done:
            text = f"同事 {len(self.said)} 句"
            content = {"blocks": [{"type": "paragraph", "spans": [{"type": "text", "text": text}]}]}
            api = self._apis[turn % len(self._apis)]
            try:
                await api.once("POST", self._path, self._token, {"content": content}, f"colleague-{len(self.said)}")
            except NoAnswer:
                turn += 1
                await asyncio.sleep(0.1)
            else:
                self.said.append(text)
                await asyncio.sleep(0.3)


@pytest.fixture
def place() -> Iterator[Path]:
    """PostgreSQL's own user must get there."""
    with tempfile.TemporaryDirectory(prefix="bilin-machines-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def cluster(place: Path) -> Iterator[Cluster]:
    if reason := missing():
        pytest.skip(reason)
    with lan(place, 3) as machines:
        yield Cluster(machines)
        for log in sorted(place.glob("**/*.log")):  # shown when the test fails
            print(f"{log}:\n{log.read_text(errors='replace')[-3_000:]}")


def balanced(stack: AsyncExitStack, cluster: Cluster, folder: Path, port: int) -> str:
    """The address that people open: step 6."""
    config = manual.load_balancer(cluster.machines, folder, port)
    balancer = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(config)])
    stack.callback(balancer.wait, 10)
    stack.callback(balancer.terminate)
    return f"https://127.0.0.1:{port}"


@contextlib.asynccontextmanager
async def without_power(cluster: Cluster, number: int) -> AsyncIterator[None]:
    """`kill -9` of everything; at the end the machine is started again."""
    cluster.machines[number].lose_power()
    yield
    cluster.start_engines(cluster.machines[number])
    await cluster.start_site(number)


async def test_each_machine_is_lost_under_somebody_who_chats(cluster: Cluster, place: Path) -> None:
    port, began = free_port(), monotonic()
    manual.write(cluster.machines, port)
    for machine in cluster.machines:
        cluster.start_engines(machine)
    async with AsyncExitStack() as stack:
        async with asyncio.timeout(PATIENCE_S):
            await cluster.make_database()
            await cluster.start_site(0)
            await asyncio.gather(cluster.start_site(1), cluster.start_site(2), cluster.until_in_step())
        apis = [await stack.enter_async_context(opened(f"http://{each.address}:8300")) for each in cluster.machines]
        token = await found(apis[0], cluster.sites[0])
        body = {"kind": "group", "title": TITLE, "members": []}
        group = str((await apis[1].call("POST", "/conversations", token, body))["id"])
        print(f"{monotonic() - began:.0f} s: three machines")
        browser = Browser(place, balanced(stack, cluster, place, port))
        stack.callback(browser.stop)
        colleague = Colleague(apis, token, group)
        talkers = await stack.enter_async_context(asyncio.TaskGroup())
        talking = talkers.create_task(colleague.talk())
        primary = await cluster.with_primary()
        for number in sorted(range(3), key=lambda each: each == primary):  # a primary that moved is not lost twice
            async with asyncio.timeout(PATIENCE_S):
                await until_more(browser, colleague)
                lost = monotonic()
                async with without_power(cluster, number):
                    await until_more(browser, colleague)
                    print(f"{lost - began:.0f} s: {number + 1} is lost, {monotonic() - lost:.1f} s until both went on")
                await cluster.until_in_step()
        await until_more(browser, colleague)
        colleague.is_done = True
        await asyncio.gather(talking, browser.hush())
        print(f"{monotonic() - began:.0f} s: all back")
        await everything_is_there(apis, token, group, browser, colleague)
        print(f"{monotonic() - began:.0f} s: {len(browser.said)} and {len(colleague.said)} acknowledged")


async def until_more(browser: Browser, colleague: Colleague) -> None:
    """Both were acknowledged some more."""
    said = len(browser.said), len(colleague.said)
    while len(browser.said) < said[0] + ROUNDS or len(colleague.said) < said[1] + ROUNDS:
        await asyncio.sleep(0.1)


async def everything_is_there(
    apis: Sequence[Api], token: str, group: str, browser: Browser, colleague: Colleague
) -> None:
    """What was acknowledged is there once, in the order each said it, at every machine and in the browser."""
    histories = [(await api.history(group, token))[1] for api in apis]
    for messages in histories:
        texts = [text_of(each["content"]) for each in messages]
        assert [each for each in texts if each.startswith("同事")] == colleague.said
        assert [each for each in texts if not each.startswith("同事")] == browser.said
    await asyncio.to_thread(browser.ends_with, [each["id"] for each in histories[0]])
