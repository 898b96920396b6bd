"""What receipts bring to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.messaging.receipts.apply.reads import apply_read_marked
from bilin.messaging.receipts.events import ReadMarked
from bilin.messaging.receipts.routes import receipt_routes
from bilin.messaging.receipts.tables import read_mark, text_number

feature = Feature(
    name="receipts",
    none=FIRST_QUESTIONS,
    events=(ReadMarked,),
    appliers=(apply_read_marked,),
    tables=(text_number, read_mark),
    routes=receipt_routes,
)
