"""A company of one site: nothing runs for others, and nothing is in the way."""

import asyncio
from pathlib import Path

from bilin.sites import Network
from tests.sites.company import Server, site_settings


async def test_a_site_alone_connects_to_nobody(database_url: str, nats_url: str, tmp_path: Path) -> None:
    came = 0

    def count(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal came
        came += 1
        writer.close()

    async with await asyncio.start_server(count, "127.0.0.1", 0) as line:
        port = line.sockets[0].getsockname()[1]
        server = Server(1, site_settings(1, database_url, nats_url, f"nats://127.0.0.1:{port}", tmp_path))
        await server.start()
        try:
            boss = await server.office.found()
            await asyncio.sleep(1)
            assert came == 0
            alone = {"number": 1, "name": "", "address": "", "state": "joined", "reachable": True}
            assert await boss.get("/sites") == {"here": 1, "sites": [alone]}
            (status,) = (await boss.get("/sites/status"))["sites"]
            assert status["alerts"] == []
            assert server.site.get(Network).peers() == []
        finally:
            await server.stop()
