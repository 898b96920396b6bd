"""Alembic's entry: runs the migrations on the connection it was given, in that connection's transaction."""

from importlib import import_module

from alembic import context

from bilin.app.migrations import VERSION_SCHEMA, VERSION_TABLE
from bilin.app.migrations.scope import is_ours
from bilin.core.tables import metadata

import_module("bilin.app.modules")  # every module's tables are known from here on

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_schemas=True,
    include_object=is_ours,
    version_table=VERSION_TABLE,
    version_table_schema=VERSION_SCHEMA,
    transactional_ddl=True,
)
context.run_migrations()
