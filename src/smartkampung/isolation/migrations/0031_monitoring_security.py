"""What is about a stay is seen with the stay; how somebody is, by health workers only.

Pillars and village see that somebody was seen, never how they were. Who holds the code
of a reservation may add how they are, and reads nothing of it back: a code can be lost.
"""

from django.db import migrations

ACTOR = "current_setting('sk.actor', true)"


def with_stay(table: str) -> str:
    """Return the SQL that shows a row to whoever sees its stay."""
    rule = f"({ACTOR} = 'job' OR stay_id IN (SELECT id FROM isolation_stay))"
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY {table}_with_stay ON {table} USING {rule} WITH CHECK {rule};"
    )


def health_only(table: str) -> str:
    """Return the SQL that shows a row to health workers of the place, and to jobs."""
    staff = (
        f"{ACTOR} = 'staff' AND stay_id IN (SELECT s.id FROM isolation_stay s"
        " JOIN isolation_reservation r ON r.id = s.reservation_id WHERE EXISTS ("
        "SELECT 1 FROM unnest(string_to_array("
        "current_setting('sk.health', true), ',')) AS inside"
        " WHERE starts_with(r.region_code || '.', inside || '.')))"
    )
    rule = f"({ACTOR} = 'job' OR {staff})"
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY {table}_health ON {table} USING {rule} WITH CHECK {rule};"
    )


SQL = (
    with_stay("isolation_obligation")
    + with_stay("isolation_check")
    + with_stay("isolation_carer")
    + health_only("isolation_reading")
    + "CREATE POLICY isolation_reading_told ON isolation_reading FOR INSERT WITH CHECK"
    f" ({ACTOR} = 'public' AND stay_id IN (SELECT id FROM isolation_stay));"
)


class Migration(migrations.Migration):
    dependencies = [("isolation", "0030_monitoring")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
