"""Connections of the pool come back as they are: no statement may leave anything in the session of its connection."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bilin
from bilin.core.database import Pool, reading

SOURCES = Path(bilin.__file__).parent
LEAVES_SOMETHING = re.compile(
    r"^\s*(SET\s+(?!LOCAL\b|TRANSACTION\b)\w+\s*(=|TO\b)|LISTEN\s+\w+\s*$|CREATE\s+TEMP|DECLARE\s)"
    r"|\bset_config\([^)]*\bfalse\)|\bpg_(try_)?advisory_lock(_shared)?\(|\bINTO\s+TEMP"
)
OWN_CONNECTION = {"core/log/writer.py"}
"""What asks on a connection of its own, which goes back to no pool."""


def statements() -> Iterator[tuple[str, str]]:
    """Every text in the sources that is no docstring, with its file."""
    for path in SOURCES.rglob("*.py"):
        tree = ast.parse(path.read_text())
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
                yield str(path.relative_to(SOURCES)), node.value


def test_no_statement_leaves_anything_in_its_session() -> None:
    assert {place for place, text in statements() if LEAVES_SOMETHING.search(text)} == OWN_CONNECTION


@pytest.mark.parametrize("statement", ["SET work_mem = '1MB'", "LISTEN x", "SELECT pg_advisory_lock(1)"])
def test_what_would_is_found(statement: str) -> None:
    assert LEAVES_SOMETHING.search(statement)


async def test_a_transaction_left_open_ends_when_its_connection_goes_back(database: Pool) -> None:
    async with reading(database) as db:
        await db.execute("BEGIN")
        await db.fetchval("SELECT pg_current_xact_id()")
    for _ in range(database.get_size()):
        async with reading(database) as db:
            assert not db.is_in_transaction()
            assert await db.fetchval("SELECT pg_current_xact_id_if_assigned() IS NULL")
