"""What came from a phone stands behind row-level security, by place and by health.

An officer reaches the records of the places of the permission that opened the page;
those that tell about health, or may, only where they see what somebody suffers from.
Photos are reached by name only, through the record that they belong to.
"""

from django.db import migrations

from smartkampung.kernel.rls import acts_as, lies_inside

_TABLE = "field_record"
_STAFF = (
    f"{acts_as('staff')} AND CASE WHEN health"
    f" THEN {lies_inside('region_code', setting='sk.health')}"
    f" ELSE {lies_inside('region_code')} END"
)
SQL = (
    f"ALTER TABLE {_TABLE} ENABLE ROW LEVEL SECURITY;"
    f"ALTER TABLE {_TABLE} FORCE ROW LEVEL SECURITY;"
    + "".join(
        f"CREATE POLICY {_TABLE}_{who} ON {_TABLE} USING ({rule})"
        f" WITH CHECK ({rule});"
        for who, rule in {"staff": _STAFF, "job": acts_as("job")}.items()
    )
)


class Migration(migrations.Migration):
    """Puts the table of records behind its policies."""

    dependencies = [("field", "0001_records")]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
