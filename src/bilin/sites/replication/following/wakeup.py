"""What one task waits for: rung any number of times, it wakes the task once."""

import asyncio


class Wakeup:
    """An `asyncio.Event` for one listener, with a time limit, and without a task for each wait."""

    def __init__(self) -> None:
        self._is_rung = False
        self._listener: asyncio.Future[bool] | None = None

    def ring(self) -> None:
        """Wake the listener, or the next one at once."""
        self._is_rung = True
        if self._listener is not None:
            _answer(self._listener, True)

    def still(self) -> None:
        """Forget that it was rung."""
        self._is_rung = False

    async def wait(self, seconds: float) -> bool:
        """Wait until it is rung, at most so long; whether it was. Then it is still again."""
        if not self._is_rung:
            loop = asyncio.get_running_loop()
            self._listener = loop.create_future()
            timer = loop.call_later(seconds, _answer, self._listener, False)
            try:
                await self._listener
            finally:
                timer.cancel()
                self._listener = None
        was_rung, self._is_rung = self._is_rung, False
        return was_rung


def _answer(listener: asyncio.Future[bool], is_rung: bool) -> None:
    if not listener.done():
        listener.set_result(is_rung)
