"""What a family says of a hand-over stands behind row-level security."""

from django.db import migrations

from smartkampung.kernel.rls import policies_sql, tracked

SQL = policies_sql(
    "aid_confirmation", region="region_code", public=tracked("code_hash")
)


class Migration(migrations.Migration):
    dependencies = [("aid", "0030_confirmation")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
