"""A loop that waits for events ends when it is cancelled, whatever comes with the cancellation."""

import asyncio

from bilin.core.waiting import heeding_cancellation, is_set_within


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


async def test_a_cancellation_that_a_library_swallows_is_heeded() -> None:
    answers: list[asyncio.Future[None]] = []

    async def ask() -> None:
        answers.append(asyncio.get_running_loop().create_future())
        await asyncio.wait_for(answers[-1], 10)

    async def work() -> None:
        while True:
            await heeding_cancellation(ask())

    task = asyncio.create_task(work())
    await asyncio.sleep(0.01)
    answers[0].set_result(None)
    await asyncio.sleep(0)  # the answer is there, the task has not gone on yet
    task.cancel()
    done, _ = await asyncio.wait([task], timeout=5)
    task.cancel()
    assert done


async def test_a_question_that_is_asked_after_a_cancellation_is_answered() -> None:
    """What tidies up may still ask."""
    answered: list[int] = []

    async def answer() -> int:
        await asyncio.sleep(0)
        return 1

    async def work() -> None:
        try:
            await asyncio.sleep(10)
        finally:
            answered.append(await heeding_cancellation(answer()))

    task = asyncio.create_task(work())
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.wait([task], timeout=5)
    assert answered == [1]
