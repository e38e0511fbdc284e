"""Complaints stand behind row-level security; the public sees the one of its code."""

from django.db import migrations

from smartkampung.kernel.rls import policies_sql, tracked

SQL = policies_sql("aid_complaint", region="region_code", public=tracked("code_hash"))


class Migration(migrations.Migration):
    dependencies = [("aid", "0032_complaints")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
