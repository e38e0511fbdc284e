"""Nobody looks up which face somebody chose: jobs count them, and that is all."""

from django.db import migrations

from smartkampung.kernel.rls import acts_as

JOB = acts_as("job")
SQL = (
    "ALTER TABLE service_answer ENABLE ROW LEVEL SECURITY;"
    "ALTER TABLE service_answer FORCE ROW LEVEL SECURITY;"
    f"CREATE POLICY service_answer_job ON service_answer USING ({JOB})"
    f" WITH CHECK ({JOB});"
)


class Migration(migrations.Migration):
    dependencies = [("service", "0001_faces")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
