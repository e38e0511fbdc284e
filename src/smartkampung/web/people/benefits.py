"""The one card "what does this family get": composed here from aid's answers."""

from datetime import date
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.residents.queries import Person


def benefits_card(
    actor: Actor, family_id: int, person: Person, *, on: date
) -> dict[str, Any]:
    """Return what the card shows; nothing until the staff pages of aid have landed."""
    return {}
