"""Answers a query: messages from the index, names from those who have them, and what may not be here."""

from bilin.core.commands import Context
from bilin.core.database import Connection, reading
from bilin.core.ids import Id
from bilin.core.searchable import Around, NamedHit, Wanted
from bilin.core.site import Site
from bilin.search.elsewhere import sites_away
from bilin.search.finding import Finder, Page
from bilin.search.follower import watch
from bilin.search.hits import text_hit
from bilin.search.indexing import indexed, named
from bilin.search.model import SearchPage, TextHit
from bilin.search.months import NEWEST
from bilin.search.news import missing
from bilin.search.normal import normal
from bilin.search.parsing import Query, parse
from bilin.search.scoping import Asked, ask
from bilin.search.terms import hold_all
from bilin.search.tokens import Tokens

MOST_NAMED = 20
ALONE = (None, None)


async def start(site: Site) -> None:
    """In the web process: remember the numbers of what is asked for, and tell how far the index is."""
    site.provide(Tokens, Tokens(site.keys.search))
    site.keep("search-watch", lambda: watch(site))


async def search(ctx: Context, written: str, before: int, limit: int, minutes_east: int) -> SearchPage:
    """A page of what a person finds. Raises `Invalid`."""
    query = parse(written)
    async with reading(ctx.site.pool) as db:
        asked = await ask(ctx, db, query, minutes_east)
        page = Page() if "message" not in query.kinds() else await _texts(ctx, db, asked, before, limit)
        is_first = before == NEWEST
        return SearchPage(
            words=[term.said for term in query.terms],
            filters=asked.understood,
            messages=await _shown(ctx, db, asked, page),
            next=None if page.examined is None else Id(page.examined),
            named=await _named(ctx, db, query) if is_first else [],
            away=await sites_away(ctx, db, asked.scopes) if is_first else [],
            behind=await missing(db),
        )


async def _texts(ctx: Context, db: Connection, asked: Asked, before: int, limit: int) -> Page:
    return await Finder(ctx.site.keys, ctx.site.get(Tokens), indexed()).page(db, ctx.person, asked, before, limit)


async def _shown(ctx: Context, db: Connection, asked: Asked, page: Page) -> list[TextHit]:
    places = [(each.scope, each.id) for each in page.found]
    around: dict[int, Around] = {}
    for kind in indexed() if places else ():
        around.update(await kind.around(db, ctx.site.keys, ctx.person, places))
    return [text_hit(each, asked.terms, around.get(each.id, ALONE)) for each in page.found]


async def _named(ctx: Context, db: Connection, query: Query) -> list[NamedHit]:
    """Names fit words; filters of messages do not concern them."""
    if not query.terms or any(part.name != "type" for part in query.filters):
        return []
    wanted = Wanted(query.text, lambda name: hold_all(query.terms, normal(name)))
    kinds = [each for each in named() if each.kind in query.kinds()]
    return [hit for kind in kinds for hit in await kind.find(ctx, db, wanted, MOST_NAMED)]
