"""A wish past a block is reached where its claim, or now its proposal, is."""

from django.db import migrations

from smartkampung.kernel.rls import policies_sql

CASE_INSIDE = (
    "COALESCE((SELECT c.region_code FROM aid_claim c WHERE c.id = claim_id),"
    " (SELECT p.region_code FROM aid_proposal p WHERE p.id = proposal_id))"
)
DROP = "".join(
    f"DROP POLICY aid_override_{who} ON aid_override;"
    for who in ("staff", "job", "public")
)


class Migration(migrations.Migration):
    dependencies = [("aid", "0042_override_of_proposals")]
    operations = [
        migrations.RunSQL(
            DROP + policies_sql("aid_override", region=CASE_INSIDE),
            migrations.RunSQL.noop,
        )
    ]
