"""The route of search."""

from typing import Annotated

from litestar import get
from litestar.params import Parameter

from bilin.core.budgets import cost
from bilin.core.commands import Context
from bilin.core.http import LargeAnswer
from bilin.core.ids import Id
from bilin.search.model import SearchPage
from bilin.search.months import NEWEST
from bilin.search.parsing import MAX_CHARS
from bilin.search.searching import search as find

MAX_LIMIT = 50
MINUTES_A_DAY = 1_440
POINTS = 5


@get("/api/search", response_class=LargeAnswer, opt=cost(POINTS), tags=["search"])
async def search(
    q: Annotated[str, Parameter(max_length=MAX_CHARS)],
    ctx: Context,
    before: Id = Id(NEWEST),  # noqa: B008 (a number)
    limit: Annotated[int, Parameter(ge=1, le=MAX_LIMIT)] = 20,
    minutes_east: Annotated[int, Parameter(ge=-MINUTES_A_DAY, le=MINUTES_A_DAY)] = 0,
) -> SearchPage:
    """Messages of my conversations, the newest first, and people and conversations by name.

    `before` is the `next` of the page before. `minutes_east` of UTC is where days begin. There is no count of
    everything: what was not read might not be mine to count.
    """
    return await find(ctx, q, before, limit, minutes_east)


routes = [search]
