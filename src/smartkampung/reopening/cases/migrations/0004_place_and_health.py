"""Who is ill is seen where the page's permission holds *and* symptoms may be seen.

Whoever brought a file sees it, whatever place holds all of their villages.
"""

from django.db import migrations

from smartkampung.kernel.rls import acts_as, lies_inside

BOTH = (
    f"{lies_inside('region_code')}"
    f" AND {lies_inside('region_code', setting='sk.health')}"
)
OWN = "brought_by_id::text = (SELECT current_setting('sk.officer', true))"
RULES = {
    "cases_case": BOTH,
    "cases_house": BOTH,
    "cases_casefile": f"({BOTH} OR {OWN})",
}
SQL = "".join(
    f"DROP POLICY {table}_staff ON {table};"
    f"CREATE POLICY {table}_staff ON {table} USING ({acts_as('staff')} AND {rule})"
    f" WITH CHECK ({acts_as('staff')} AND {rule});"
    for table, rule in RULES.items()
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_written")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
