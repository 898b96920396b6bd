"""What search brings to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.search.checks import look_at_index
from bilin.search.follower import background, followers
from bilin.search.routes import routes
from bilin.search.searching import start
from bilin.search.tables import entry

feature = Feature(
    name="search",
    # It keeps nothing of its own: what is kept, exported and audited is the texts. A text that goes leaves the index.
    none=FIRST_QUESTIONS - {"checks"},
    checks=(look_at_index,),
    tables=(entry,),
    routes=routes,
    start=start,
    followers=followers,
    background=background,
)
