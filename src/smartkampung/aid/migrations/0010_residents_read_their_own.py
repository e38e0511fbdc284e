"""Residents who proved themselves read the rows about their own family."""

from django.db import migrations

from smartkampung.kernel.rls import own_family, resident_policy_sql

OWN = {
    "aid_claim": (
        "EXISTS (SELECT 1 FROM residents_person p WHERE p.id = person_id"
        f" AND p.family_id = {own_family()})"
    ),
    "aid_entitlement": f"family_id = {own_family()}",
    # These stand or fall with a row that is itself behind a policy.
    **dict.fromkeys(
        ("aid_fieldcheck", "aid_decision", "aid_objection"),
        "EXISTS (SELECT 1 FROM aid_claim c WHERE c.id = claim_id)",
    ),
    "aid_handover": (
        "EXISTS (SELECT 1 FROM aid_entitlement e WHERE e.id = entitlement_id)"
    ),
}


class Migration(migrations.Migration):
    dependencies = [("aid", "0009_english_words")]
    operations = [
        migrations.RunSQL(
            "".join(resident_policy_sql(table, own=own) for table, own in OWN.items()),
            "".join(f"DROP POLICY {table}_resident ON {table};" for table in OWN),
        )
    ]
