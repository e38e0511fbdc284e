"""Letters follow the person, and who may only read writes nothing.

A resident reaches what is about, or was asked for by, somebody who stands on their card
now. Whoever holds a code or a paper reads; an order to sign is seen by its signer.
"""

from django.db import migrations

from smartkampung.kernel.rls import acts_as, own_family, tracked_once

JOB, STAFF, PUBLIC = acts_as("job"), acts_as("staff"), acts_as("public")
RESIDENT = acts_as("resident")
OFFICER = "nullif(current_setting('sk.officer', true), '')::bigint"
CARD = f"(SELECT id FROM residents_person WHERE family_id = (SELECT {own_family()}))"
OF_THE_CARD = f"{RESIDENT} AND (applicant_id IN {CARD} OR subject_id IN {CARD})"
TOLD = ("requests_letterstep", "requests_requirementfile")
OF_THE_OFFICE = ("requests_letterread", "requests_orderitem")


def _seen(table: str) -> str:
    return (
        "EXISTS (SELECT FROM requests_letterrequest r"
        f" WHERE r.id = {table}.request_id)"
    )


def _anew(table: str, name: str, rule: str, *, reads: bool = False) -> str:
    """Return the SQL of a policy in place of one of that name."""
    drop = f"DROP POLICY IF EXISTS {table}_{name} ON {table};"
    if reads:
        return f"{drop}CREATE POLICY {table}_{name} ON {table} FOR SELECT USING ({rule});"
    return (
        f"{drop}CREATE POLICY {table}_{name} ON {table} USING ({rule})"
        f" WITH CHECK ({rule});"
    )


ORDERS = "requests_signingorder"
SQL = (
    _anew("requests_letterrequest", "resident", OF_THE_CARD)
    + _anew(
        "requests_letterrequest",
        "public",
        f"{PUBLIC} AND {tracked_once('code_hash')}",
        reads=True,
    )
    + "".join(
        _anew(
            table,
            "with_request",
            f"{JOB} OR ({STAFF} OR {RESIDENT}) AND {_seen(table)}",
        )
        + _anew(table, "with_code", f"{PUBLIC} AND {_seen(table)}", reads=True)
        for table in TOLD
    )
    + "".join(
        _anew(table, "with_request", f"{JOB} OR {STAFF} AND {_seen(table)}")
        for table in OF_THE_OFFICE
    )
    + _anew(
        "requests_letter",
        "with_request",
        f"NOT ({STAFF}) AND {_seen('requests_letter')}",
        reads=True,
    )
    + _anew(
        "requests_letter",
        "holder",
        "code = (SELECT nullif(current_setting('sk.letter', true), ''))",
        reads=True,
    )
    + f"ALTER TABLE {ORDERS} ENABLE ROW LEVEL SECURITY;"
    + f"ALTER TABLE {ORDERS} FORCE ROW LEVEL SECURITY;"
    + _anew(ORDERS, "job", JOB)
    + _anew(ORDERS, "signer", f"{STAFF} AND signer_id = (SELECT {OFFICER})")
)


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0004_what_stands_is_final"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
