"""Rules of programmes: one officer of Dinsos writes, another brings into force."""

from datetime import date, datetime, timedelta
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import Programme
from smartkampung.aid.queries.eligible import subject_of
from smartkampung.criteria.actions import bring_into_force, write_version
from smartkampung.criteria.models import RuleVersion
from smartkampung.worklist.actions import close_work, open_work

ANSWER_WITHIN = timedelta(days=3)


def propose_rule(
    *,
    programme: Programme,
    rule: Any,
    legal_reference: str,
    since: date,
    until: date | None,
    by: Actor,
    at: datetime,
) -> RuleVersion:
    """Write a version of the rule of a programme, for a second person to look at."""
    version = write_version(
        subject=subject_of(programme.code),
        rule=rule,
        legal_reference=legal_reference,
        since=since,
        until=until,
        by=by.username,
        at=at,
    )
    open_work(
        kind="aid.apply_rule",
        target=version,
        permission=Permission.PROGRAMME_MANAGE,
        region_code=by.regions_where(Permission.PROGRAMME_MANAGE)[0],
        due_at=at + ANSWER_WITHIN,
        not_by=[by.username],
    )
    return version


def apply_rule(*, version: RuleVersion, by: Actor, at: datetime) -> None:
    """Bring a version into force, as another person than wrote it."""
    bring_into_force(version=version, by=by.username, at=at)
    close_work(target=version, by=by.username)
