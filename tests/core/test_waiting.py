"""A loop that waits for events ends when it is cancelled, whatever comes with the cancellation."""

import asyncio

from bilin.core.waiting import is_set_within


async def test_it_waits_for_the_event_or_the_time() -> None:
    event = asyncio.Event()
    assert not await is_set_within(event, 0.01)
    asyncio.get_running_loop().call_later(0.01, event.set)
    assert await is_set_within(event, 10)


async def test_a_cancellation_that_comes_with_the_event_is_not_swallowed() -> None:
    event = asyncio.Event()

    async def work() -> None:
        while True:
            await is_set_within(event, 10)
            event.clear()

    task = asyncio.create_task(work())
    await asyncio.sleep(0.01)
    event.set()
    await asyncio.sleep(0)  # the wait is over, the task has not gone on yet
    task.cancel()
    done, _ = await asyncio.wait([task], timeout=5)
    assert done
