"""Reservations and stays stand behind row-level security; so does their history.

Whoever presents a code reaches that one reservation, wherever it goes: a checkpoint
lets people through to every village.
"""

from django.db import migrations

from smartkampung.kernel.rls import policies_sql, tracked


def _presented(table: str, condition: str) -> str:
    staff = "current_setting('sk.actor', true) = 'staff'"
    rule = f"({staff} AND {condition})"
    return (
        f"CREATE POLICY {table}_presented ON {table}"
        f" USING {rule} WITH CHECK {rule};"
    )


def _with(table: str, *, reservation: str) -> str:
    """Return the SQL that shows a row to whoever sees its reservation."""
    rule = f"({reservation} IN (SELECT id FROM isolation_reservation))"
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY {table}_with_reservation ON {table}"
        f" USING {rule} WITH CHECK {rule};"
    )


SQL = "".join(
    policies_sql(table, region="region_code", public=tracked("code_hash"))
    + _presented(table, tracked("code_hash"))
    for table in ("isolation_reservation", "isolation_reservationevent")
) + "".join(
    _with(table, reservation="reservation_id")
    for table in ("isolation_stay", "isolation_stayevent")
)


class Migration(migrations.Migration):
    dependencies = [("isolation", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
