"""Writes down that people of a party were looked at, as for every record of a person."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import ngettext

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import looked
from smartkampung.isolation.queries.worded import Worded, people_of

PURPOSE = "isolation.arrival"


def note(actor: Actor, rows: Iterable[Any], permission: Permission) -> None:
    """Write down the look at the people of parties."""
    note_people(actor, [stay for row in rows for stay in row.stays.all()], permission)


def people_of_work(actor: Actor, rows: Iterable[Any]) -> dict[str, str]:
    """Return whom work about isolation is about, and write down that it was shown.

    Only where it is the actor's own work: what waits for others names nobody.
    """
    mine = [row for row in rows if actor.may_in(row.permission, row.region_code)]
    found = people_of(row.target for row in mine)
    known = {pk for worded in found.values() for pk in worded.known}
    if known:
        looked(
            person_ids=sorted(known),
            by=actor.username,
            role=actor.role_for(Permission.STAY_VIEW),
            purpose=PURPOSE,
        )
    return {target: _words(worded) for target, worded in found.items()}


def _words(worded: Worded) -> str:
    if not worded.others:
        return worded.name
    words = ngettext(
        "%(name)s and %(others)d other", "%(name)s and %(others)d others", worded.others
    )
    return words % {"name": worded.name, "others": worded.others}


def note_people(actor: Actor, stays: Iterable[Any], permission: Permission) -> None:
    """Write down the look at those whom the registry knows."""
    people = {stay.person_id for stay in stays if stay.person_id}
    if people:
        looked(
            person_ids=sorted(people),
            by=actor.username,
            role=actor.role_for(permission),
            purpose=PURPOSE,
        )
