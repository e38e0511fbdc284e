"""What is about a stay is seen with the stay; a screening by health workers only.

The officer at a checkpoint writes a screening down and cannot read it back: so no
list, no export and no mistake shows the pillars what somebody suffers from.
"""

from django.db import migrations

ACTOR = "current_setting('sk.actor', true)"
SEES_STAY = "stay_id IN (SELECT id FROM isolation_stay)"
# Whoever sees the stay and may see health where the stay is.
HEALTH = (
    f"({ACTOR} = 'job' OR {ACTOR} = 'staff' AND stay_id IN (SELECT s.id"
    " FROM isolation_stay s JOIN isolation_reservation r ON r.id = s.reservation_id"
    " WHERE EXISTS (SELECT 1 FROM"
    " unnest(string_to_array(current_setting('sk.health', true), ',')) AS inside"
    " WHERE starts_with(r.region_code || '.', inside || '.'))))"
)
STAFF = f"({ACTOR} IN ('job', 'staff') AND {SEES_STAY})"


def _behind(table: str) -> str:
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
    )


SQL = "".join(
    _behind(table)
    + f"CREATE POLICY {table}_with_stay ON {table} USING {STAFF} WITH CHECK {STAFF};"
    for table in (
        "isolation_passage",
        "isolation_checkin",
        "isolation_supervisionvisit",
        "isolation_departure",
    )
) + (
    _behind("isolation_screening")
    + "CREATE POLICY isolation_screening_health ON isolation_screening"
    f" USING {HEALTH};"
    "CREATE POLICY isolation_screening_written ON isolation_screening"
    f" FOR INSERT WITH CHECK {STAFF};"
)


class Migration(migrations.Migration):
    dependencies = [("isolation", "0020_arrival")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
