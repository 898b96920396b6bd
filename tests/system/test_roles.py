"""One site on several machines, which share PostgreSQL and NATS: each machine is a data folder of its own here."""

import asyncio
import json
import shutil
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.crash.api import Api, NoAnswer, opened
from tests.crash.company import PASSWORD, sign_in
from tests.crash.outage import slowness
from tests.support.site_process import SERVE, SiteProcess

ENVIRON = {"BILIN_IDENTITY_HASH_MEMORY_KIB": "64", "BILIN_IDENTITY_HASH_PASSES": "1", "BILIN_LOG_LEVEL": "info"}
FOUNDING = {"company": "云川集团", "name": "张伟", "login": "person0", "password": PASSWORD, "locale": "zh-CN"}
TAKEN_OVER_S = 5.0
SESSION_ENDED = 4401


class Machines:
    """The machines of one site."""

    def __init__(self, folder: Path, shared: dict[str, str], stack: ExitStack) -> None:
        self._folder, self._shared, self._stack = folder, shared, stack
        self._all: list[SiteProcess] = []

    def start(self, role: str) -> SiteProcess:
        """Another machine with some roles, and the keys of the first."""
        number = len(self._all)
        data = self._folder / str(number)
        environ = {**ENVIRON, **self._shared, "BILIN_PROCESSES_MACHINE": str(number)}
        machine = SiteProcess(data, environ, command=(*SERVE, "--role", role))
        data.mkdir(mode=0o700)
        if self._all:
            shutil.copytree(self._all[0].data / "keys", data / "keys")
        self._stack.callback(machine.end)
        self._all.append(machine)
        machine.start(wait=False)
        machine.wait_until("Ctrl-C stops everything.")
        return machine


@pytest.fixture
def machines(tmp_path: Path, database_url: str, nats_url: str) -> Iterator[Machines]:
    shared = {"BILIN_DATABASE_URL": database_url, "BILIN_NATS_URL": nats_url}
    with ExitStack() as stack:
        yield Machines(tmp_path, shared, stack)


async def found(api: Api, machine: SiteProcess) -> str:
    """The token of the founder."""
    await api.call("POST", "/setup", body={**FOUNDING, "code": machine.setup_code})
    return (await sign_in(api, "person0")).token


async def until_answered(api: Api, path: str, token: str, body: Any, key: str) -> dict[str, Any]:
    while True:
        try:
            return await api.once("POST", path, token, body, key)
        except NoAnswer:
            await asyncio.sleep(0.05)


async def test_another_machine_takes_over_and_nothing_is_lost_or_done_twice(machines: Machines) -> None:
    first, second = machines.start("web"), machines.start("web")
    async with opened(first.address) as one, opened(second.address) as other:
        token = await found(other, first)  # the one that stands by has the other one found it
        person = (await one.call("GET", "/me", token))["person"]["id"]
        unit = (await one.call("GET", "/org/units", token))["units"][0]["id"]
        for number in range(10):
            api, asked = (one, other) if number % 2 else (other, one)
            body = {"parent": unit, "name": f"{number}", "kind": "team"}
            added = await api.call("POST", "/org/units", token, body, f"unit {number}")
            assert added["id"] in await units(asked, token, added["pos"])
        before = await other.call("POST", "/org/units", token, {"parent": unit, "name": "a", "kind": "team"}, "before")
        began = monotonic()
        first.send(signal.SIGKILL)
        body = {"parent": unit, "name": "b", "kind": "team"}
        after = await until_answered(other, "/org/units", token, body, "after")
        assert monotonic() - began <= TAKEN_OVER_S * slowness()
        again = await other.call("POST", "/org/units", token, {"parent": unit, "name": "a", "kind": "team"}, "before")
        assert (again["id"], again["pos"]) == (before["id"], before["pos"])
        assert after["pos"] > before["pos"]
        assert int(after["id"]) > int(before["id"])
        assert len(await units(other, token, after["pos"])) == 13
        assert person


async def units(api: Api, token: str, pos: int) -> list[str]:
    """As they are for who has seen a position."""
    answer = await api._http.get(
        "/api/org/units", headers={"authorization": f"Bearer {token}", "bilin-position": str(pos)}
    )
    assert int(answer.headers["bilin-position"]) >= pos
    return [unit["id"] for unit in answer.json()["units"]]


async def test_each_role_on_a_machine_of_its_own(machines: Machines) -> None:
    writer = machines.start("writer,worker")
    asked, gateway = machines.start("api"), machines.start("gateway")
    async with opened(asked.address) as api:
        token = await found(api, writer)
        stolen = await sign_in(api, "person0")
        async with live(gateway, token) as mine, live(gateway, stolen.token) as theirs:
            unit = (await api.call("GET", "/org/units", token))["units"][0]["id"]
            added = await api.call("POST", "/org/units", token, {"parent": unit, "name": "东区", "kind": "team"})
            for socket in (mine, theirs):
                assert (await frame_at(socket, added["pos"]))["type"] == "org.unit_added"
            session = (await api.call("GET", "/me", stolen.token))["session"]
            began = monotonic()
            await api.call("DELETE", f"/sessions/{session}", token)
            with pytest.raises(ConnectionClosed) as ended:
                await frame_at(theirs, 1 << 50)
            assert monotonic() - began <= 1.0 * slowness()
            assert ended.value.rcvd is not None
            assert ended.value.rcvd.code == SESSION_ENDED
            assert await api.call("GET", "/me", token)
    async with httpx.AsyncClient(base_url=gateway.address) as http:
        me = await http.get("/api/me", headers={"authorization": f"Bearer {token}"})
        assert me.status_code == 404
        assert (await http.get("/health")).json()["processes"] == {"gateway-2": True}
    async with httpx.AsyncClient(base_url=asked.address) as http:
        assert (await http.get("/api/socket")).status_code == 426


@asynccontextmanager
async def live(machine: SiteProcess, token: str) -> AsyncIterator[ClientConnection]:
    headers = {"Authorization": f"Bearer {token}"}
    async with connect(f"ws://127.0.0.1:{machine.port}/api/socket", additional_headers=headers) as socket:
        await socket.send(json.dumps({"t": "start", "pos": 0}))
        while json.loads(await socket.recv())["t"] != "ready":
            pass
        yield socket


async def frame_at(socket: ClientConnection, pos: int) -> dict[str, Any]:
    async with asyncio.timeout(30):
        while True:
            frame: dict[str, Any] = json.loads(await socket.recv())
            if frame["t"] == "event" and frame["pos"] >= pos:
                return frame
