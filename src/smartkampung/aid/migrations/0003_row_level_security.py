"""Aid stands behind row-level security from its first release."""

from django.db import migrations

from smartkampung.kernel.rls import policies_sql, tracked

CLAIM_FOLLOWED = (
    "EXISTS (SELECT 1 FROM aid_report r WHERE r.claim_id = {claim} AND "
    + tracked("r.code_hash")
    + ")"
)
CLAIM_INSIDE = "(SELECT c.region_code FROM aid_claim c WHERE c.id = claim_id)"
DUE_INSIDE = (
    "(SELECT e.region_code FROM aid_entitlement e WHERE e.id = entitlement_id)"
)
OF_A_CLAIM = ("aid_finding", "aid_fieldcheck", "aid_decision", "aid_objection")


def table_sql() -> str:
    """Return the policies of every table, those of claims and reports first."""
    followed = CLAIM_FOLLOWED.format(claim="claim_id")
    return (
        policies_sql("aid_report", region="region_code", public=tracked("code_hash"))
        + policies_sql(
            "aid_claim",
            region="region_code",
            public=CLAIM_FOLLOWED.format(claim="aid_claim.id"),
        )
        + "".join(
            policies_sql(table, region=CLAIM_INSIDE, public=followed)
            for table in OF_A_CLAIM
        )
        + policies_sql("aid_entitlement", region="region_code", public=followed)
        + policies_sql("aid_handover", region=DUE_INSIDE)
    )


class Migration(migrations.Migration):
    dependencies = [("aid", "0002_initial")]
    operations = [migrations.RunSQL(table_sql(), migrations.RunSQL.noop)]
