"""Writes down that people of a party were looked at, as for every record of a person."""

from collections.abc import Iterable
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import looked

PURPOSE = "isolation.arrival"


def note(actor: Actor, rows: Iterable[Any], permission: Permission) -> None:
    """Write down the look at the people of parties."""
    note_people(actor, [stay for row in rows for stay in row.stays.all()], permission)


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
