"""Alerts are seen with the stay, those about health by health workers only."""

from django.db import migrations

ACTOR = "current_setting('sk.actor', true)"
HEALTH_OF_A_STAY = (
    f"{ACTOR} = 'staff' AND stay_id IN (SELECT s.id FROM isolation_stay s"
    " JOIN isolation_reservation r ON r.id = s.reservation_id WHERE EXISTS ("
    "SELECT 1 FROM unnest(string_to_array("
    "current_setting('sk.health', true), ',')) AS inside"
    " WHERE starts_with(r.region_code || '.', inside || '.')))"
)


def behind(table: str, name: str, rule: str) -> str:
    """Return the SQL that puts a table behind one rule."""
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        f"CREATE POLICY {table}_{name} ON {table} USING {rule} WITH CHECK {rule};"
    )


WITH_STAY = f"({ACTOR} = 'job' OR stay_id IN (SELECT id FROM isolation_stay))"
HEALTH = f"({ACTOR} = 'job' OR {HEALTH_OF_A_STAY})"

SQL = (
    behind("isolation_escalation", "with_stay", WITH_STAY)
    + "CREATE POLICY isolation_escalation_health ON isolation_escalation AS RESTRICTIVE"
    f" USING (NOT health OR {HEALTH});"
    + behind("isolation_dischargeletter", "with_stay", WITH_STAY)
    + behind("isolation_classing", "health", HEALTH)
    + behind("isolation_exitdecision", "health", HEALTH)
)


class Migration(migrations.Migration):
    dependencies = [("isolation", "0032_alerts_and_ends")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
