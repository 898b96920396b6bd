"""An asyncio event loop with a clock of its own: it jumps to the next moment at which something happens.

The code under test waits with `asyncio.sleep` and `asyncio.wait_for` as always; hours pass in milliseconds, and the
same seed gives the same order of everything.
"""

import asyncio
import contextvars
import heapq
import threading
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any


class Call:
    """A callback that is due, or was cancelled; `asyncio.Handle` with nothing that costs time."""

    __slots__ = ("args", "callback", "context")

    def __init__(
        self, callback: Callable[..., object], args: tuple[Any, ...], context: contextvars.Context | None
    ) -> None:
        self.callback: Callable[..., object] | None = callback
        self.args, self.context = args, context

    def cancel(self) -> None:
        self.callback = None

    def cancelled(self) -> bool:
        return self.callback is None


class VirtualLoop(asyncio.BaseEventLoop):
    """As little of an event loop as tasks, futures and timers need. No sockets, no threads, no processes."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0
        self._ready: deque[Call] = deque()
        self._timers: list[tuple[float, int, Call]] = []
        self._count = 0
        self.steps = 0
        """How many callbacks ran."""
        self.failure: BaseException | None = None
        """What nobody expected; `run` raises it."""

    def time(self) -> float:
        return self._now

    def call_soon(  # type: ignore[override]  # as little of the original as is needed
        self, callback: Callable[..., object], *args: Any, context: contextvars.Context | None = None
    ) -> Call:
        call = Call(callback, args, context)
        self._ready.append(call)
        return call

    def call_later(  # type: ignore[override]
        self, delay: float, callback: Callable[..., object], *args: Any, context: contextvars.Context | None = None
    ) -> Call:
        return self.call_at(self._now + delay, callback, *args, context=context)

    def call_at(  # type: ignore[override]
        self, when: float, callback: Callable[..., object], *args: Any, context: contextvars.Context | None = None
    ) -> Call:
        call = Call(callback, args, context)
        self._count += 1  # timers of one moment run in the order they were made
        heapq.heappush(self._timers, (when, self._count, call))
        return call

    def create_future(self) -> asyncio.Future[Any]:
        return asyncio.Future(loop=self)

    def create_task(self, coro: Any, *, name: object = None, **more: Any) -> asyncio.Task[Any]:
        return asyncio.Task(coro, loop=self, name=str(name or "task"))

    def get_debug(self) -> bool:
        return False

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        self.failure = context.get("exception") or RuntimeError(context.get("message"))

    def run(self, main: Coroutine[Any, Any, Any]) -> None:
        """Run until `main` is done. Raises what it raised, or what failed unseen in another task."""
        asyncio._set_running_loop(self)
        self._thread_id = threading.get_ident()
        try:
            task = self.create_task(main)
            while not task.done():
                self._run_once()
                if self.failure is not None:
                    raise self.failure
            task.result()
        finally:
            self._thread_id = None  # type: ignore[assignment]
            asyncio._set_running_loop(None)

    def _run_once(self) -> None:
        if not self._ready:
            self._pass_time()
        ready, self._ready = self._ready, deque()
        self.steps += len(ready)
        for call in ready:
            if call.callback is None:
                continue
            if call.context is None:
                call.callback(*call.args)
            else:
                call.context.run(call.callback, *call.args)

    def _pass_time(self) -> None:
        """On to the next timer that was not cancelled."""
        timers = self._timers
        while timers:
            when, _, call = heapq.heappop(timers)
            if call.callback is not None:
                self._now = max(self._now, when)
                self._ready.append(call)
                return
        raise RuntimeError("nothing will ever happen again")
