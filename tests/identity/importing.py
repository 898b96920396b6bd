"""How tests import a file."""

from typing import Any

from tests.identity.office import Browser


async def send(browser: Browser, data: bytes | str, **query: str) -> tuple[int, Any]:
    """Import a file; status and body."""
    content = data.encode() if isinstance(data, str) else data
    response = await browser.client.post(
        "/api/org/import",
        content=content,
        params=query,
        headers={"content-type": "text/csv", "origin": "http://bilin.test"},
    )
    return response.status_code, response.json()
