"""Write down what somebody in a house eats, for the village kitchen."""

from datetime import datetime

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.isolation.houses.rules import Diet
from smartkampung.isolation.models import Eats, House, Stay


def tell_diet(
    *,
    stay: Stay,
    house: House,
    diet: Diet,
    baby_food: bool,
    by: Actor,
    at: datetime,
) -> None:
    """Say what somebody eats from the next list of the kitchen on; the last word counts."""
    told = {"diet": diet.value, "baby_food": baby_food, "by": by.username, "at": at}
    Eats.objects.update_or_create(stay=stay, defaults=told)
    # The diary holds that something was told, and not what.
    record(
        "isolation.diet_told",
        target=stay,
        by=by.username,
        region_code=house.place_id,
    )
