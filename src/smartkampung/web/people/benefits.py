"""The one card "what does this family get": composed here from aid's answers."""

from datetime import date
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.queries.benefits import card_of_family
from smartkampung.residents.queries import Person
from smartkampung.web.aid_staff import present


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
        "lights": present.red_lights(card.lights),
    }
