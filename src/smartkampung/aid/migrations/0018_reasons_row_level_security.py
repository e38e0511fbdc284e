"""Why a claim was decided, and wishes past a block, stand behind row-level security."""

from django.db import migrations

from smartkampung.kernel.rls import policies_sql, resident_policy_sql

CLAIM_INSIDE = "(SELECT c.region_code FROM aid_claim c WHERE c.id = claim_id)"
DECISION_INSIDE = (
    "(SELECT c.region_code FROM aid_decision d JOIN aid_claim c ON c.id = d.claim_id"
    " WHERE d.id = decision_id)"
)
RESULT_INSIDE = (
    "(SELECT c.region_code FROM aid_evaluation v JOIN aid_decision d"
    " ON d.id = v.decision_id JOIN aid_claim c ON c.id = d.claim_id"
    " WHERE v.id = evaluation_id)"
)
# Reasons stand or fall with their decision, which is itself behind a policy.
OWN = "EXISTS (SELECT 1 FROM aid_decision d WHERE d.id = decision_id)"
OWN_RESULT = "EXISTS (SELECT 1 FROM aid_evaluation v WHERE v.id = evaluation_id)"
SQL = (
    policies_sql("aid_evaluation", region=DECISION_INSIDE, public=OWN)
    + policies_sql("aid_criterionresult", region=RESULT_INSIDE, public=OWN_RESULT)
    + policies_sql("aid_override", region=CLAIM_INSIDE)
    + resident_policy_sql("aid_evaluation", own=OWN)
    + resident_policy_sql("aid_criterionresult", own=OWN_RESULT)
)


class Migration(migrations.Migration):
    dependencies = [("aid", "0017_reasons")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
