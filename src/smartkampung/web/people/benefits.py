"""The one card "what does this family get": composed here from aid's answers."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.queries.benefits import card_of_family
from smartkampung.residents.queries import Person, is_contested
from smartkampung.web.aid_staff import present

RECORD_SAYS = {
    Person.Status.DEAD.value: (
        "block",
        _("The record says that this person has died."),
        _("Aid can be added for the family that is left, not for this person."),
    ),
    Person.Status.MOVED.value: (
        "block",
        _("The record says that this person has moved away."),
        _("Aid is asked for where they live now."),
    ),
    Person.Status.MISSING.value: (
        "warn",
        _("The record says that this person is missing."),
        _("Ask the family before anything is added."),
    ),
    Person.Status.MERGED.value: (
        "block",
        _("This record was joined to another one."),
        _("Open the other record of the same person."),
    ),
}
CONTESTED = (
    "warn",
    _("Two people say that this NIK is theirs."),
    _("Decide first whose it is, under Find a resident."),
)


def standing(person: Person) -> list[dict[str, Any]]:
    """Return what the record itself says against adding aid, as red lights."""
    found = [RECORD_SAYS[person.status]] if person.status in RECORD_SAYS else []
    if is_contested(person):
        found.append(CONTESTED)
    return [
        {"level": level, "title": title, "text": text} for level, title, text in found
    ]


def benefits_card(
    actor: Actor, family_id: int, person: Person, *, on: date
) -> dict[str, Any]:
    """Return what the card shows; nothing for those who may not see aid there.

    ``person`` is whose aid would be added to; for a family, its head.
    """
    if not actor.may_in(Permission.PROGRAMME_VIEW, person.region_code):
        return {}
    card = card_of_family(family_id=family_id, person_id=person.pk, on=on)
    return {
        "show_benefits": True,
        "benefits": card.benefits,
        "lights": [*standing(person), *present.red_lights(card.lights)],
    }
