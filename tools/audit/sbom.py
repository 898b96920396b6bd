"""The list of everything that Bilin brings along, as CycloneDX 1.6 (ECMA-424)."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from bilin import __version__
from tools.audit.locks import Component

TYPE = "application"


def write_sbom(path: Path, components: Sequence[Component]) -> None:
    """Write it; the folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(sbom(components), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def sbom(components: Sequence[Component]) -> dict[str, Any]:
    """The document. Its number follows from what it lists."""
    own = f"pkg:pypi/bilin@{__version__}"
    purls = [each.purl for each in components]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, ' '.join([own, *purls]))}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
            "component": {"type": TYPE, "name": "bilin", "version": __version__, "purl": own, "bom-ref": own},
        },
        "components": [_component(each) for each in components],
        "dependencies": [{"ref": own, "dependsOn": purls}],
    }


def _component(each: Component) -> dict[str, Any]:
    kind = "application" if each.purl.startswith(("pkg:generic", "pkg:golang")) else "library"
    about: dict[str, Any] = {
        "type": kind,
        "name": each.name,
        "version": each.version,
        "purl": each.purl,
        "bom-ref": each.purl,
    }
    if each.hashes:
        about["hashes"] = [{"alg": algorithm, "content": content} for algorithm, content in each.hashes]
    return about
