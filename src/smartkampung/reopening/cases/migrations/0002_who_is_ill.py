"""Who is ill stands behind row-level security, and a NIK has one case in ninety days."""

from django.db import migrations

from smartkampung.kernel.rls import acts_as, lies_inside

STAFF = (
    f"{acts_as('staff')} AND {lies_inside('region_code', setting='sk.health')}"
)
RULES = {"job": acts_as("job"), "staff": STAFF}
SQL = "".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
    f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
    + "".join(
        f"CREATE POLICY {table}_{who} ON {table} USING ({rule}) WITH CHECK ({rule});"
        for who, rule in RULES.items()
    )
    for table in ("cases_case", "cases_house", "cases_casefile")
)
ONCE = (
    "ALTER TABLE cases_case ADD CONSTRAINT case_of_a_nik_once EXCLUDE USING gist"
    " (nik_index WITH =, daterange(confirmed_on, confirmed_on + 90) WITH &&)"
    " WHERE (withdrawn_at IS NULL AND nik_index IS NOT NULL)"
)
BY_THEN = (
    "ALTER TABLE cases_case ADD CONSTRAINT case_confirmed_by_then"
    " CHECK (confirmed_on <= (recorded_at AT TIME ZONE 'Asia/Jakarta')::date)"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_register")]
    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunSQL(ONCE, migrations.RunSQL.noop),
        migrations.RunSQL(BY_THEN, migrations.RunSQL.noop),
    ]
