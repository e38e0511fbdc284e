"""What was told of somebody is seen by health workers of the place, and by jobs."""

from django.db import migrations

ACTOR = "current_setting('sk.actor', true)"
STAFF = (
    f"{ACTOR} = 'staff' AND stay_id IN (SELECT s.id FROM isolation_stay s"
    " JOIN isolation_reservation r ON r.id = s.reservation_id WHERE EXISTS ("
    "SELECT 1 FROM unnest(string_to_array("
    "current_setting('sk.health', true), ',')) AS inside"
    " WHERE starts_with(r.region_code || '.', inside || '.')))"
)
RULE = f"({ACTOR} = 'job' OR {STAFF})"
SQL = (
    "ALTER TABLE isolation_outgoing ENABLE ROW LEVEL SECURITY;"
    "ALTER TABLE isolation_outgoing FORCE ROW LEVEL SECURITY;"
    "CREATE POLICY isolation_outgoing_health ON isolation_outgoing"
    f" USING {RULE} WITH CHECK {RULE};"
)


class Migration(migrations.Migration):
    dependencies = [("isolation", "0040_outgoing")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
