"""The ground every module stands on: the log, ids, database, bus, settings, errors, crypto, HTTP glue.

Core knows nothing of people, conversations or any other business noun. Unlike the other modules it has no single public
face: import from its submodules (`bilin.core.ids`, `bilin.core.log`, ...).
"""
