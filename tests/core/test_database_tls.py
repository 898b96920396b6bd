"""PostgreSQL over TLS: a real server behind something that encrypts, as HAProxy does (`sslnegotiation=direct`)."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from bilin.core import database
from bilin.sites.enrolment.certificates import _authority, _issue
from tests.support.connect_proxy import _pump


@pytest.fixture
async def encrypted_url(database_url: str, tmp_path: Path) -> AsyncIterator[str]:
    """Where the database of this test is reached over TLS; the authority is still to be named."""
    _issue(tmp_path / "server.pem", *_authority(tmp_path / "authority.pem"), ["localhost"])
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "server.pem", tmp_path / "server.key")
    context.set_alpn_protocols(["postgresql"])
    parts = urlsplit(database_url)
    place = f"{dict(parse_qsl(parts.query))['host']}/.s.PGSQL.5432"

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        onward = await asyncio.open_unix_connection(place)
        await asyncio.gather(_pump(reader, onward[1]), _pump(onward[0], writer))

    server = await asyncio.start_server(pass_on, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    login = parts.netloc.rpartition("@")[0]
    yield f"postgresql://{login}@localhost:{port}{parts.path}?sslmode=verify-full&sslnegotiation=direct"
    server.close()


async def test_a_server_of_the_trusted_authority(encrypted_url: str, tmp_path: Path) -> None:
    trusting = f"{encrypted_url}&sslrootcert={quote(str(tmp_path / 'authority.pem'))}"
    connection = await database.connect(trusting)
    assert await connection.fetchval("SELECT 1") == 1
    await connection.close()
    pool = await database.open_pool(trusting)
    async with database.reading(pool) as db:
        assert await database.head(db) == 0
    await pool.close()


async def test_a_server_of_another_authority(encrypted_url: str, tmp_path: Path) -> None:
    _authority(tmp_path / "other.pem")
    with pytest.raises(ssl.SSLCertVerificationError):
        await database.connect(f"{encrypted_url}&sslrootcert={quote(str(tmp_path / 'other.pem'))}")
