"""Calling a neighbour: the number is opened once, and who asked is written down."""

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import reveal
from smartkampung.kernel.errors import Refused
from smartkampung.residents.models import Person

PURPOSE = "frontline.call"


class NoNumber(Refused):
    """There is nothing to call."""

    code = "no_number"


def open_number(*, person: Person, by: Actor) -> str:
    """Return the phone of a neighbour's family, to call; raise NoNumber without one.

    The caller found the person through ``Neighbourhood.thought_of``: whoever has a
    birthday or is old and alone, and no other neighbour.
    """
    phone = person.family.phone
    if phone is None:
        raise NoNumber(_("No telephone number of this family is on record."))
    return reveal(
        phone,
        person_id=person.pk,
        by=by.username,
        role=by.role_for(Permission.KINDNESS_VIEW),
        purpose=PURPOSE,
        reason=str(_("To call: birthday, or old and alone")),
    )
