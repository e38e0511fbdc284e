"""Who is proposed stands behind row-level security, and so does what became of it."""

from django.db import migrations

from smartkampung.kernel.rls import own_family, policies_sql, resident_policy_sql

INSIDE = "(SELECT p.region_code FROM aid_proposal p WHERE p.id = proposal_id)"
# An event stands or falls with its proposal, which is itself behind a policy.
OWN_EVENT = "EXISTS (SELECT 1 FROM aid_proposal p WHERE p.id = proposal_id)"
SQL = (
    policies_sql("aid_proposal", region="region_code")
    + policies_sql("aid_proposalevent", region=INSIDE)
    + resident_policy_sql("aid_proposal", own=f"family_id = {own_family()}")
    + resident_policy_sql("aid_proposalevent", own=OWN_EVENT)
)


class Migration(migrations.Migration):
    dependencies = [("aid", "0015_cycles")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
