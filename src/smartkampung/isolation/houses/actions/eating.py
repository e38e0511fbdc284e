"""Write down what people eat, for the village kitchen."""

from datetime import datetime

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.isolation.houses.rules import Diet
from smartkampung.isolation.models import Eats, HomeTable, Reservation, Stay


def tell_diet(
    *,
    stay: Stay,
    place: str,
    diet: Diet,
    baby_food: bool,
    by: Actor,
    at: datetime,
) -> None:
    """Say what somebody eats from the next list of the kitchen on; the last word counts.

    ``place`` is the region where they eat.
    """
    told = {"diet": diet.value, "baby_food": baby_food, "by": by.username, "at": at}
    Eats.objects.update_or_create(stay=stay, defaults=told)
    # The diary holds that something was told, and not what.
    record("isolation.diet_told", target=stay, by=by.username, region_code=place)


def set_home_table(
    *, party: Reservation, cooks_itself: bool, supplies: str, by: Actor, at: datetime
) -> None:
    """Say what a household at home wants from the kitchen; the last word counts."""
    told = {
        "cooks_itself": cooks_itself,
        "supplies": supplies,
        "by": by.username,
        "at": at,
    }
    HomeTable.objects.update_or_create(reservation=party, defaults=told)
    record(
        "isolation.home_table_set",
        target=party,
        by=by.username,
        region_code=party.region_code,
    )
