"""The policies of isolation ask for the actor once a statement (ADR 0044).

They allow what they allowed. Who acts and where was asked for again for each row, and
what is about a stay was judged by first judging every stay and every reservation there
is: five sixths of the time of an officer's list went there.
"""

from django.db import migrations

from smartkampung.kernel.rls import acts_as, lies_inside, tracked_once

JOB = acts_as("job")
TRACKED = tracked_once("code_hash")
WITH_STAY = ("carer", "check", "dischargeletter", "escalation", "obligation")
BY_STAFF = ("checkin", "departure", "passage", "supervisionvisit")
HEALTH = ("classing", "exitdecision", "outgoing", "reading")


def _judged_by(table: str, policy: str, rule: str, *, writes: bool = True) -> str:
    check = f" WITH CHECK ({rule})" if writes else ""
    return f"ALTER POLICY {table}_{policy} ON {table} USING ({rule}){check};"


def _stay(table: str) -> str:
    return f"EXISTS (SELECT FROM isolation_stay s WHERE s.id = {table}.stay_id)"


def _health(table: str) -> str:
    return (
        f"{JOB} OR {acts_as('staff')} AND EXISTS (SELECT FROM isolation_stay s"
        " JOIN isolation_reservation r ON r.id = s.reservation_id"
        f" WHERE s.id = {table}.stay_id"
        f" AND {lies_inside('r.region_code', setting='sk.health')})"
    )


def _parties(table: str) -> str:
    staff = f"{acts_as('staff')} AND {lies_inside('region_code')}"
    return (
        _judged_by(table, "staff", staff)
        + _judged_by(table, "job", JOB)
        + _judged_by(table, "public", f"{acts_as('public')} AND {TRACKED}")
        + _judged_by(table, "presented", f"{acts_as('staff')} AND {TRACKED}")
    )


def _people(table: str) -> str:
    seen = (
        "EXISTS (SELECT FROM isolation_reservation r"
        f" WHERE r.id = {table}.reservation_id)"
    )
    return _judged_by(table, "with_reservation", f"{JOB} OR {seen}")


def _about_stays() -> str:
    rules = [
        *((name, f"{JOB} OR {_stay(f'isolation_{name}')}") for name in WITH_STAY),
        *(
            (name, f"({JOB} OR {acts_as('staff')}) AND {_stay(f'isolation_{name}')}")
            for name in BY_STAFF
        ),
    ]
    return "".join(
        _judged_by(f"isolation_{name}", "with_stay", rule) for name, rule in rules
    )


def _about_health() -> str:
    tables = [f"isolation_{name}" for name in HEALTH]
    screening, escalation = "isolation_screening", "isolation_escalation"
    return (
        "".join(_judged_by(table, "health", _health(table)) for table in tables)
        + _judged_by(screening, "health", _health(screening), writes=False)
        + _judged_by(
            escalation, "health", f"NOT health OR {_health(escalation)}", writes=False
        )
    )


SQL = (
    _parties("isolation_reservation")
    + _parties("isolation_reservationevent")
    + _people("isolation_stay")
    + _people("isolation_stayevent")
    + _about_stays()
    + _about_health()
)


class Migration(migrations.Migration):
    dependencies = [("isolation", "0046_home_tables")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
