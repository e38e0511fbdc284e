"""What rankings copy of people stands behind row-level security, as its sources do.

Facts kept for a day and lists of lotteries are read only in sums, as a job. A place in
a ranking is also read by officers, of people in the regions of their permission.
"""

from django.db import migrations

from smartkampung.kernel.rls import acts_as, lies_inside

COPIES = ("knownaffected", "knownfamily", "lotentry")
JOB, STAFF = acts_as("job"), acts_as("staff")
MINE = (
    "(EXISTS (SELECT FROM affected_affected a WHERE a.id = affected_id"
    f" AND {lies_inside('a.region_code')}) OR EXISTS (SELECT FROM residents_family f"
    f" WHERE f.id = family_id AND {lies_inside('f.region_code')}))"
)


def _behind(table: str, **rules: str) -> str:
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        + "".join(
            f"CREATE POLICY {table}_{who} ON {table} {rule};"
            for who, rule in rules.items()
        )
    )


def _both(rule: str) -> str:
    return f"USING ({rule}) WITH CHECK ({rule})"


SQL = "".join(_behind(f"targeting_{name}", job=_both(JOB)) for name in COPIES)
SQL += _behind(
    "targeting_ranked",
    job=_both(JOB),
    staff=f"FOR SELECT USING ({STAFF} AND {MINE})",
)


class Migration(migrations.Migration):
    dependencies = [
        ("targeting", "0005_lots_fixed_when_proposed"),
        ("affected", "0003_row_level_security"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
