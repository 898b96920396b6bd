"""Asking the web process how it is."""

import asyncio
from typing import Any

import msgspec

TIMEOUT_S = 3.0
ANYWHERE = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "localhost": "127.0.0.1", "::": "::1"}  # noqa: S104


def reachable(host: str) -> str:
    """An address to ask a server at that listens on `host`."""
    return ANYWHERE.get(host, host)


async def get_json(host: str, port: int, path: str) -> tuple[int, dict[str, Any]] | None:
    """Status and body of a GET; None when nobody answers (yet)."""
    try:
        async with asyncio.timeout(TIMEOUT_S):
            reader, writer = await asyncio.open_connection(reachable(host), port)
            try:
                writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
                head, _, body = (await reader.read()).partition(b"\r\n\r\n")
            finally:
                writer.close()
        return int(head.split(b" ", 2)[1]), _object(body)
    except (OSError, TimeoutError, ValueError, IndexError):
        return None


def missing(body: dict[str, Any]) -> list[str]:
    """The checks of a `/health` body that do not hold."""
    checks = body.get("checks")
    return [name for name, holds in checks.items() if not holds] if isinstance(checks, dict) else []


def _object(body: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.DecodeError:
        return {}
