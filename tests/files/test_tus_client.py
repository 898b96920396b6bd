"""A tus client that is not ours, against a whole server over TCP."""

import hashlib
import os
import socket
import time
from pathlib import Path

import httpx
import pytest
from tusclient.client import TusClient
from tusclient.uploader.uploader import Uploader

from tests.security.conftest import Server, new_server, server

__all__ = ["new_server", "server"]
STEP = 300_000


def client_of(server: Server) -> TusClient:
    headers = {"authorization": f"Bearer {server.boss.token}"}
    return TusClient(f"{server.site.address}/api/files/uploads", headers=headers)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    place = tmp_path / "视频 1.mp4"
    place.write_bytes(os.urandom(2_000_001))
    return place


def url_of(uploader: Uploader) -> str:
    return str(uploader.url)


def stands_at(server: Server, url: str) -> int:
    headers = {"authorization": f"Bearer {server.boss.token}", "tus-resumable": "1.0.0"}
    return int(httpx.head(url, headers=headers, trust_env=False).headers["upload-offset"])


def send(server: Server, file: str) -> httpx.Response:
    """With a message to nobody but oneself, and open it."""
    (upload,) = [each for each in server.do("GET", "/files/uploads", by=server.boss) if each["id"] == file]
    group = server.group(server.boss)
    shown = {name: upload[name] for name in ("name", "size", "media_type")}
    body = {"content": {"blocks": [{"type": "file", "file": file, **shown}]}}
    server.do("POST", f"/conversations/{group}/messages", body, by=server.boss)
    return server.send("GET", f"/conversations/{group}/files/{file}", by=server.boss)


def test_a_file_goes_up_in_parts_with_checksums_and_comes_down_the_same(server: Server, source: Path) -> None:
    metadata = {"filename": source.name, "filetype": "video/mp4"}
    uploader = client_of(server).uploader(str(source), chunk_size=STEP, metadata=metadata, upload_checksum=True)
    uploader.upload()
    opened = send(server, url_of(uploader).rpartition("/")[2])
    assert hashlib.sha256(opened.content).digest() == hashlib.sha256(source.read_bytes()).digest()
    assert opened.headers["etag"]


def test_after_a_cut_it_goes_on_where_it_was(server: Server, source: Path) -> None:
    uploader = client_of(server).uploader(str(source), chunk_size=STEP, metadata={"filename": source.name})
    uploader.upload(stop_at=STEP * 2)
    assert stands_at(server, url_of(uploader)) == STEP * 2
    again = client_of(server).uploader(str(source), chunk_size=STEP, url=uploader.url)
    assert again.offset == STEP * 2
    again.upload()
    assert send(server, url_of(uploader).rpartition("/")[2]).content == source.read_bytes()


def test_a_line_that_is_cut_in_the_middle_of_a_request_loses_nothing_that_came(server: Server, source: Path) -> None:
    data = source.read_bytes()
    uploader = client_of(server).uploader(str(source), metadata={"filename": source.name})
    uploader.set_url(uploader.create_url())
    url = httpx.URL(url_of(uploader))
    head = (
        f"PATCH {url.raw_path.decode()} HTTP/1.1\r\nHost: {url.netloc.decode()}\r\n"
        f"Authorization: Bearer {server.boss.token}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
        f"Content-Type: application/offset+octet-stream\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    with socket.create_connection((url.host, url.port or 80)) as line:
        line.sendall(head.encode() + data[:1_500_000])
        time.sleep(0.3)
    until = time.monotonic() + 20
    offset = 0
    while time.monotonic() < until and offset == 0:
        time.sleep(0.1)
        headers = {"authorization": f"Bearer {server.boss.token}", "tus-resumable": "1.0.0"}
        answer = httpx.head(str(url), headers=headers, trust_env=False)
        offset = int(answer.headers.get("upload-offset", 0))
    assert 0 < offset <= 1_500_000
    rest = client_of(server).uploader(str(source), url=str(url))
    assert rest.offset == offset
    rest.upload()
    assert send(server, str(url).rpartition("/")[2]).content == data


def test_a_restart_in_between_loses_nothing(server: Server, source: Path) -> None:
    uploader = client_of(server).uploader(str(source), chunk_size=STEP, metadata={"filename": source.name})
    uploader.upload(stop_at=STEP)
    server.site.stop()
    server.site.start()
    again = client_of(server).uploader(str(source), chunk_size=STEP, url=uploader.url)
    assert again.offset == STEP
    again.upload()
    assert send(server, url_of(uploader).rpartition("/")[2]).content == source.read_bytes()
