"""What the lock files pin: names, versions, hashes."""

import base64
import json
import re
from dataclasses import dataclass

PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
SHA256 = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Component:
    """A dependency, as an SBOM names it."""

    name: str
    version: str
    purl: str
    """https://github.com/package-url/purl-spec"""
    hashes: tuple[tuple[str, str], ...] = ()
    """Algorithm and hex, of each file it comes in."""


def python_packages(lock: str) -> list[Component]:
    """Of a requirements file with hashes."""
    found = list(PINNED.finditer(lock))
    ends = [each.start() for each in found[1:]] + [len(lock)]
    return [
        Component(
            each[1],
            each[2],
            f"pkg:pypi/{each[1].lower().replace('_', '-')}@{each[2]}",
            tuple(("SHA-256", text) for text in SHA256.findall(lock, each.start(), end)),
        )
        for each, end in zip(found, ends, strict=True)
    ]


def npm_packages(lock: str) -> list[Component]:
    """Of a package-lock.json; without what is there for development alone."""
    packages = json.loads(lock)["packages"]
    found = {
        (path.rpartition("node_modules/")[2], each["version"]): each.get("integrity", "")
        for path, each in packages.items()
        if path and not each.get("dev")
    }
    return [
        Component(name, version, f"pkg:npm/{name.replace('@', '%40')}@{version}", _hashes(integrity))
        for (name, version), integrity in sorted(found.items())
    ]


def _hashes(integrity: str) -> tuple[tuple[str, str], ...]:
    """Subresource integrity (https://www.w3.org/TR/SRI/) in hex."""
    kind, _, text = integrity.partition("-")
    return (("SHA-512", base64.b64decode(text).hex()),) if kind == "sha512" else ()
