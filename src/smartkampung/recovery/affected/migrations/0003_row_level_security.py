"""Who was hit by the crisis, and what they told, stands behind row-level security.

An officer reaches the records and registrations of the places of the permission that
opened the page; whoever holds a code reaches what it is about, and nobody else's.
"""

from django.db import migrations

from smartkampung.kernel.rls import acts_as, lies_inside, tracked_once

TOLD_BY_BOTH = ("situation", "followup")  # by an officer, or by code
JOB, STAFF, PUBLIC = acts_as("job"), acts_as("staff"), acts_as("public")
FOLLOWED = (
    "EXISTS (SELECT FROM affected_registration r WHERE r.affected_id = "
    f"affected_affected.id AND {tracked_once('r.code_hash')})"
)


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


def _seen(table: str) -> str:
    return (
        "EXISTS (SELECT FROM affected_affected a"
        f" WHERE a.id = {table}.affected_id)"
    )


SQL = (
    _behind(
        "affected_registration",
        job=JOB,
        staff=f"{STAFF} AND {lies_inside('region_code')}",
        public=f"{PUBLIC} AND {tracked_once('code_hash')}",
    )
    + _behind(
        "affected_affected",
        job=JOB,
        staff=f"{STAFF} AND {lies_inside('region_code')}",
        public=f"{PUBLIC} AND {FOLLOWED}",
    )
    + "".join(
        _behind(
            f"affected_{name}",
            with_record=f"{JOB} OR {_seen(f'affected_{name}')}",
        )
        for name in TOLD_BY_BOTH
    )
    + _behind(
        "affected_verdict",
        with_record=f"{JOB} OR {STAFF} AND {_seen('affected_verdict')}",
    )
    + _behind(
        "affected_confirmation",
        with_record=f"{JOB} OR {STAFF} AND {_seen('affected_confirmation')}",
        asked=f"{PUBLIC} AND {tracked_once('code_hash')}",
    )
)


class Migration(migrations.Migration):
    dependencies = [("affected", "0002_registrations_and_course")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
