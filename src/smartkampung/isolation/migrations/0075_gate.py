"""Let a checkpoint read who is expected to come through it, around one day.

The setting names checkpoint and day, such as ``ketapang:2020-06-04``. It is set only
while such a list or such a party is read; nothing may be written by it.
"""

from django.db import migrations

RULE = (
    "(SELECT current_setting('sk.actor', true)) = 'staff'"
    " AND state IN ('booked', 'arrived', 'ended')"
    " AND entry_point || ':' || to_char(arrives_on, 'YYYY-MM-DD') = ANY("
    "string_to_array((SELECT current_setting('sk.gate', true)), ','))"
)
TABLE = "isolation_reservation"


class Migration(migrations.Migration):
    dependencies = [("isolation", "0042_jobs_see_every_stay")]
    operations = [
        migrations.RunSQL(
            f"CREATE POLICY {TABLE}_gate ON {TABLE} FOR SELECT USING ({RULE});",
            f"DROP POLICY {TABLE}_gate ON {TABLE};",
        )
    ]
