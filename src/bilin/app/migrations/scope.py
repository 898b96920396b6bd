"""What the comparison of tables and history looks at."""

from typing import Any

from bilin.core.tables import metadata

PARTITIONED = ("messaging.message", "search.entry")


def is_ours(thing: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """Tables of the modules' schemas; partitions follow from their parent."""
    del name, reflected, compare_to
    if kind != "table":
        return True
    schemas = {table.schema for table in metadata.tables.values()}
    full = f"{thing.schema}.{thing.name}"
    is_partition = any(full.startswith(f"{parent}_") and full[len(parent) + 1 :].isdigit() for parent in PARTITIONED)
    return thing.schema in schemas and not is_partition and full != "core.schema_version"
