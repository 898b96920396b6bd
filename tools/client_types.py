"""Checks that the types the browser client was written against are those of the server at ``BILIN_URL``.

The server is a new one: its company is founded here, because only people of the company may read the description.
"""

import json
import os
import subprocess
import sys
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

ROOT = Path(__file__).parents[1]
DESCRIPTION = ROOT / ".cache" / "openapi.json"
FOUNDER = {"company": "Types", "name": "Types", "login": "types", "password": "only for this check", "locale": "en"}


def main() -> None:
    """Fetches the description of the API and hands it to the client's own check."""
    DESCRIPTION.parent.mkdir(exist_ok=True)
    DESCRIPTION.write_bytes(_describe(os.environ["BILIN_URL"]))
    command = ["npm", "--prefix", "web", "run", "--silent", "api", "--", str(DESCRIPTION)]
    sys.exit(subprocess.run(command, cwd=ROOT, check=False).returncode)


def _describe(address: str) -> bytes:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    headers = {"content-type": "application/json", "origin": address}
    founder = FOUNDER | {"code": os.environ["BILIN_SETUP_CODE"]}
    found = urllib.request.Request(f"{address}/api/setup", json.dumps(founder).encode(), headers)  # noqa: S310
    browser.open(found, timeout=30).close()
    with browser.open(f"{address}/api/openapi.json", timeout=30) as answer:
        description: bytes = answer.read()
        return description


if __name__ == "__main__":
    main()
