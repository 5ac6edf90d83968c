"""Procrastinate's tables and functions, on PostgreSQL: the ones of the release that is installed.

Revision: 0002. A later release says in its notes which migrations of its own it needs; each becomes a revision here.
"""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0002"
down_revision = "0001"

REMOVE = """
DO $$
DECLARE
    made record;
BEGIN
    FOR made IN SELECT tablename FROM pg_tables WHERE tablename LIKE 'procrastinate\\_%' LOOP
        EXECUTE format('DROP TABLE %I CASCADE', made.tablename);
    END LOOP;
    FOR made IN SELECT oid::regprocedure AS signature FROM pg_proc WHERE proname LIKE 'procrastinate\\_%' LOOP
        EXECUTE format('DROP FUNCTION %s CASCADE', made.signature);
    END LOOP;
    FOR made IN SELECT typname FROM pg_type WHERE typname LIKE 'procrastinate\\_%' LOOP
        EXECUTE format('DROP TYPE %I CASCADE', made.typname);
    END LOOP;
END
$$
"""


def upgrade() -> None:
    """Make what Procrastinate needs."""
    _run(SchemaManager.get_schema())


def downgrade() -> None:
    """Remove all that begins with its name."""
    _run(REMOVE)


def _run(statements: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(statements, execution_options={"no_parameters": True})
