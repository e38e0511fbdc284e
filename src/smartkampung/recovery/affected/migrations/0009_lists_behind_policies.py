"""A list that was brought, and its rows, are seen where their records would be."""

from django.db import migrations

from smartkampung.kernel.rls import acts_as, lies_inside

JOB, STAFF = acts_as("job"), acts_as("staff")
LIST, PART = "affected_affectedlist", "affected_affectedlistpart"
OWN = "brought_by_id::text = (SELECT current_setting('sk.officer', true))"
RULES = {
    LIST: f"{JOB} OR {STAFF} AND ({lies_inside('region_code')} OR {OWN})",
    PART: f"{JOB} OR {STAFF} AND EXISTS"
    f" (SELECT FROM {LIST} l WHERE l.id = {PART}.list_id)",
}
SQL = "".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
    f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
    f"CREATE POLICY {table}_seen ON {table} USING ({rule}) WITH CHECK ({rule});"
    for table, rule in RULES.items()
)


class Migration(migrations.Migration):
    dependencies = [("affected", "0008_rows_that_came_too_late")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
