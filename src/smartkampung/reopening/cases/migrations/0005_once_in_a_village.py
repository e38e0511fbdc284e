"""A NIK has one case in ninety days in a village, and not in all of the regency.

Whoever may not see the other case would learn from a refusal that there is one. Both
are kept, and Dinkes decides.
"""

from django.db import migrations

DROP = "ALTER TABLE cases_case DROP CONSTRAINT case_of_a_nik_once"
ONCE = (
    "ALTER TABLE cases_case ADD CONSTRAINT case_of_a_nik_once EXCLUDE USING gist"
    " (nik_index WITH =, (left(region_code, 13)) WITH =,"
    " daterange(confirmed_on, confirmed_on + 90) WITH &&)"
    " WHERE (withdrawn_at IS NULL AND nik_index IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_place_and_health")]
    operations = [
        migrations.RunSQL(DROP, migrations.RunSQL.noop),
        migrations.RunSQL(ONCE, migrations.RunSQL.noop),
    ]
