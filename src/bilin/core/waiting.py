"""Waiting for an event, but not for ever."""

import asyncio


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
