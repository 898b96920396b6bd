"""What a person sees while Bilin starts, runs and stops."""

import asyncio
import contextlib
import io
import json
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import IO, cast

from rich.console import Console
from rich.text import Text

FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
FRAME_S = 0.1


class Unbreakable(io.TextIOBase):
    """Standard output that may go away: a closed terminal or pipe is no reason to stop serving people."""

    encoding = sys.stdout.encoding

    def write(self, text: str) -> int:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.write(text)
        return len(text)

    def flush(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()

    def isatty(self) -> bool:
        return sys.stdout.isatty()


class Progress:
    """One line a step. On a terminal the line of the present step moves; elsewhere each is written when it is done."""

    def __init__(self, console: Console | None = None, *, as_json: bool = False) -> None:
        """`as_json`: for programs that read along, in a file or a pipe. Each line is then an object, as in the logs."""
        self.console = console or Console(file=cast("IO[str]", Unbreakable()), highlight=False)
        self.as_json = as_json
        self._doing = ""

    def tell(self, event: str, level: str = "info", about: Mapping[str, object] | None = None) -> None:
        """A line for programs."""
        now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        line = json.dumps(
            {**(about or {}), "event": event, "level": level, "timestamp": now}, ensure_ascii=False, default=str
        )
        self.console.file.write(line + "\n")
        self.console.file.flush()

    def heading(self, text: str) -> None:
        if self.as_json:
            self.tell("serve.starting", about={"program": text})
            return
        self.console.print(f"\n  [bold]{text}[/bold]\n")

    @asynccontextmanager
    async def step(self, doing: str, done: str) -> AsyncIterator[None]:
        """Shows `doing` while the block runs and `done`, with the time it took, after it."""
        began = time.monotonic()
        self._doing = doing
        ticker = asyncio.create_task(self._tick()) if self.console.is_terminal and not self.as_json else None
        try:
            yield
        finally:
            if ticker:
                ticker.cancel()
                await asyncio.wait([ticker])
                self._clear()
        if self.as_json:
            self.tell("serve.step", about={"done": done, "seconds": round(time.monotonic() - began, 1)})
            return
        self.console.print(
            Text.assemble(("  ✓ ", "green"), f"{done:<24}", (f"{time.monotonic() - began:5.1f} s", "dim"))
        )

    def doing(self, text: str) -> None:
        """The present step says more about itself."""
        self._doing = text

    def note(self, text: str) -> None:
        """Something happened that whoever runs the server should know."""
        if self.as_json:
            self.tell("serve.note", "warning", {"note": text})
            return
        self._clear()
        self.console.print(Text.assemble(("  ! ", "yellow"), text))

    def say(self, label: str, text: str) -> None:
        self.console.print(Text.assemble(("  " + f"{label:<9}", "dim"), text), soft_wrap=True)

    def line(self, text: str = "", style: str = "dim") -> None:
        if self.as_json:
            if text:
                self.tell("serve.line", about={"line": text})
            return
        self.console.print(Text("  " + text if text else "", style=style), soft_wrap=True)

    async def _tick(self) -> None:
        frame = 0
        while True:
            self._clear()
            # the cursor goes back to the beginning, so that a line of another process overwrites this one
            self.console.file.write(f"  \x1b[36m{FRAMES[frame % len(FRAMES)]}\x1b[0m {self._doing} …\r")
            self.console.file.flush()
            frame += 1
            await asyncio.sleep(FRAME_S)

    def _clear(self) -> None:
        if self.console.is_terminal:
            self.console.file.write("\x1b[2K")
            self.console.file.flush()
