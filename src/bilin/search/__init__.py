"""Search: finding messages, people and conversations again. It follows the log; nobody imports it.

It owns a blind index: for each text the pieces of it as keyed numbers, and no word (docs/decisions/0058). What can be
found others declare (`bilin.core.searchable`); search asks the index, reads what it names, and shows what the person
may read and what really fits.
"""

from bilin.core.module import Module
from bilin.search.features import feature
from bilin.search.rebuilding import rebuild

module = Module("search", features=(feature,))

__all__ = ["module", "rebuild"]
