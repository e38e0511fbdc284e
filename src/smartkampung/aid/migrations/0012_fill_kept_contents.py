"""Entitlements from before keep what their programme says now."""

from django.db import migrations

FILL = """
    SELECT set_config('sk.actor', 'job', true);
    UPDATE aid_entitlement AS due
    SET contents = programme.contents, contents_en = programme.contents_en
    FROM aid_programme AS programme
    WHERE programme.code = due.programme_id AND due.contents = '';
"""


class Migration(migrations.Migration):

    dependencies = [("aid", "0011_kept_terms_and_budget_requests")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
