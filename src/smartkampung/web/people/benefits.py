"""The one card "what does this family get": composed here from aid's answers."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.queries.benefits import benefits_of_family
from smartkampung.aid.queries.conflicts import red_lights
from smartkampung.aid.rules.conflicts import RedLight
from smartkampung.residents.queries import Person


def benefits_card(
    actor: Actor, family_id: int, person: Person, *, on: date
) -> dict[str, Any]:
    """Return what the card shows; nothing for those who may not see aid there.

    ``person`` is whose aid would be added to; for a family, its head.
    """
    if not actor.may_in(Permission.PROGRAMME_VIEW, person.region_code):
        return {}
    lights = red_lights(family_id=family_id, person_id=person.pk, on=on)
    return {
        "show_benefits": True,
        "benefits": benefits_of_family(family_id=family_id, on=on),
        "lights": _in_short(lights),
    }


def _in_short(lights: Sequence[RedLight]) -> list[dict[str, str]]:
    """Return one red light for all that is blocked, and one for what needs a look.

    Programme by programme stands on the claim; here an officer wants one glance.
    """
    blocks = [light for light in lights if light.blocks]
    blocked = {light.programme for light in blocks}
    warns = [light for light in lights if light.programme not in blocked]
    found = []
    if blocks:
        words = _("Already receives %(aid)s: cannot be given %(programmes)s as well.")
        found.append(_light("block", words, blocks))
    if warns:
        words = _(
            "Already receives %(aid)s: look closely before giving %(programmes)s."
        )
        found.append(_light("warn", words, warns))
    return found


def _light(level: str, words: str, lights: Sequence[RedLight]) -> dict[str, str]:
    rules = _distinct(light.source.rstrip(".") for light in lights)
    title = words % {
        "aid": _distinct(light.aid.programme_name for light in lights),
        "programmes": _distinct(light.programme_name for light in lights),
    }
    text = _("Rule: %(source)s.") % {"source": rules} if rules else ""
    return {"level": level, "title": title, "text": text}


def _distinct(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(word for word in words if word))
