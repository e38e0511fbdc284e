"""Who asked for which letter stands behind row-level security.

Officers reach the requests of their places, a family its own, whoever holds a tracking
code what it opens, and whoever holds a letter that one letter (``sk.letter``).
"""

from django.db import migrations

from smartkampung.kernel.rls import (
    acts_as,
    lies_inside,
    own_family,
    tracked_once,
)

JOB, STAFF, PUBLIC = acts_as("job"), acts_as("staff"), acts_as("public")
RESIDENT = f"{acts_as('resident')} AND %s = (SELECT {own_family()})"
# A request of another table's row is seen when the request itself is.
PARTS = {
    "requests_letterstep": "request_id",
    "requests_letterread": "request_id",
    "requests_requirementfile": "request_id",
    "requests_orderitem": "request_id",
}


def _behind(table: str, **rules: str) -> str:
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;"
        + "".join(
            f"CREATE POLICY {table}_{who} ON {table} USING ({rule})"
            f" WITH CHECK ({rule});"
            for who, rule in rules.items()
        )
    )


def _seen(table: str, column: str) -> str:
    return (
        "EXISTS (SELECT FROM requests_letterrequest r"
        f" WHERE r.id = {table}.{column})"
    )


SQL = (
    _behind(
        "requests_letterrequest",
        job=JOB,
        staff=f"{STAFF} AND {lies_inside('region_code')}",
        resident=RESIDENT % "family_id",
        public=f"{PUBLIC} AND {tracked_once('code_hash')}",
    )
    + "".join(
        _behind(table, with_request=f"{JOB} OR {_seen(table, column)}")
        for table, column in PARTS.items()
    )
    + _behind(
        "requests_letter",
        job=JOB,
        staff=f"{STAFF} AND {lies_inside('region_code')}",
        with_request=f"NOT ({STAFF}) AND {_seen('requests_letter', 'request_id')}",
        holder=f"code = (SELECT nullif(current_setting('sk.letter', true), ''))",
    )
)


class Migration(migrations.Migration):
    dependencies = [("requests", "0001_letters")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
