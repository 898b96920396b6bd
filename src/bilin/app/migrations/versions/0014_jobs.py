"""Jobs: procrastinate in a schema of its own, and how jobs did."""

from importlib.resources import files

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

THROUGH = "03.04.00_50_post_add_retry_failed_job_procedure.sql"
"""The last change of procrastinate 3.10. A release that brings later ones has a change of ours for them."""
FIND_THEIR_OWN = """
DO $$ DECLARE f record; BEGIN
    FOR f IN SELECT p.oid::regprocedure AS signature FROM pg_proc p WHERE pronamespace = 'jobs'::regnamespace LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = jobs, pg_temp', f.signature);
    END LOOP;
END $$"""
"""Whoever calls them has another search path."""


def upgrade() -> None:
    """Forward."""
    op.execute(sa.schema.CreateSchema("jobs", if_not_exists=True))
    changes = sorted(files("procrastinate").joinpath("sql", "migrations").iterdir(), key=lambda file: file.name)
    statements = [file.read_text() for file in changes if file.name.endswith(".sql") and file.name <= THROUGH]
    script = "\n;\n".join(["SET LOCAL search_path = jobs", *statements, FIND_THEIR_OWN, "RESET search_path"])
    connection = op.get_bind().connection.dbapi_connection
    connection.run_async(lambda driver: driver.execute(script))  # type: ignore[union-attr]
    op.create_table(
        "job_figure",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("begun", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("failures", sa.BigInteger(), server_default="0", nullable=False, comment="attempts that failed"),
        sa.Column(
            "waited_s",
            sa.Double(),
            server_default="0",
            nullable=False,
            comment="seconds between due and begun, summed up",
        ),
        sa.Column("ran_s", sa.Double(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("job_figure_pkey")),
        schema="core",
        comment="how jobs did, by name; jobs themselves are in the schema of procrastinate, `jobs`",
    )


def downgrade() -> None:
    """Back, for the release before: jobs that wait are lost with it."""
    op.drop_table("job_figure", schema="core")
    op.execute("DROP SCHEMA jobs CASCADE")
