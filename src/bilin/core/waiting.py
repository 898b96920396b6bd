"""Waiting that a cancellation ends, whatever comes together with it."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")


async def heeding_cancellation(awaitable: Awaitable[T]) -> T:
    """What a library gives that waits by `asyncio.wait_for`. Until Python 3.12 that swallows a cancellation that comes
    together with the result; it is raised here."""
    task = asyncio.current_task()
    before = task.cancelling() if task is not None else 0
    result = await awaitable
    if task is not None and task.cancelling() > before:
        raise asyncio.CancelledError
    return result


async def is_set_within(event: asyncio.Event, seconds: float) -> bool:
    """Wait until an event is set, at most so long; whether it is.

    Not `asyncio.wait_for`: until Python 3.12 it swallows a cancellation that comes together with the event, and a loop
    around it then never ends.
    """
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
