"""Who asked to be called is seen where it lies, also by a query that forgot to ask."""

from django.db import migrations

from smartkampung.kernel.rls import acts_as, lies_inside

TABLE = "texting_assist"
RULES = {
    "job": acts_as("job"),
    "staff": f"{acts_as('staff')} AND {lies_inside('region_code')}",
}
SQL = (
    f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY;"
    f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY;"
    + "".join(
        f"CREATE POLICY {TABLE}_{who} ON {TABLE} USING ({rule}) WITH CHECK ({rule});"
        for who, rule in RULES.items()
    )
)


class Migration(migrations.Migration):
    """Puts the table behind its policies."""

    dependencies = [("texting", "0002_full_days_and_numbers_by_channel")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
