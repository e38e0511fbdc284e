"""A family reads whether it was paid: else its own page would call it still due."""

from django.db import migrations

from smartkampung.kernel.rls import resident_policy_sql

# A payment stands or falls with its entitlement, which is itself behind a policy.
OWN = "EXISTS (SELECT 1 FROM aid_entitlement e WHERE e.id = entitlement_id)"
SQL = resident_policy_sql("aid_payment", own=OWN)


class Migration(migrations.Migration):
    dependencies = [("aid", "0033_complaints_row_level_security")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
