"""What the kitchen of a village brings to households that isolate at home."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.isolation.houses.meals import Meals
from smartkampung.isolation.houses.rules import Diet, eats_as_a_baby
from smartkampung.isolation.models import HomeTable, Reservation, Stay
from smartkampung.isolation.rules.states import LIVE_STAYS, ReservationState, Setting
from smartkampung.regions.codes import within

COMING = (ReservationState.BOOKED, ReservationState.ARRIVED)


@dataclass
class HomeMeals:
    """What one household gets on a day, and where it is. Nobody is named."""

    party: int
    region_code: str
    address: str
    cooks_itself: bool = False
    supplies: str = ""
    meals: Meals = field(default_factory=Meals)

    @property
    def wants_something(self) -> bool:
        """Say whether anything is brought at all."""
        return bool(self.meals.people or self.meals.babies or self.supplies)


@dataclass(frozen=True)
class AtTable:
    """One of a household, and what they eat: by age, never by name."""

    stay_id: int
    born_on: date | None
    diet: Diet
    baby_food: bool


def home_meals_for(actor: Actor, on: date) -> list[HomeMeals]:
    """Return what the kitchens of the actor's villages bring to homes on a day."""
    own = within("reservation__region_code", actor.regions_where(Permission.MEALS_VIEW))
    rows = (
        Stay.objects.filter(
            own,
            reservation__setting=Setting.HOME,
            reservation__state__in=COMING,
            during__contains=on,
            state__in=[*LIVE_STAYS],
        )
        .select_related("reservation__home_table")
        .order_by("reservation__region_code", "reservation_id", "pk")
    )
    found: dict[int, HomeMeals] = {}
    values = rows.values_list("pk", "state", "born_on", "eats__diet", "eats__baby_food")
    eaters: dict[int, tuple[Any, ...]] = {pk: tuple(eater) for pk, *eater in values}
    for row in rows:
        home = found.setdefault(row.reservation_id, _home(row.reservation))
        home.meals.serve(*eaters[row.pk], on=on)
    for home in found.values():
        if home.cooks_itself:
            home.meals.only_baby_food()
    return [home for home in found.values() if home.wants_something]


def _home(party: Reservation) -> HomeMeals:
    table = table_of(party)
    return HomeMeals(
        party=party.pk,
        region_code=party.region_code,
        address=party.address,
        cooks_itself=table.cooks_itself if table else False,
        supplies=table.supplies if table else "",
    )


def table_of(party: Reservation) -> HomeTable | None:
    """Return what a household said that it wants, if anybody asked it."""
    found: HomeTable | None = getattr(party, "home_table", None)
    return found


def home_for(actor: Actor, party_id: int) -> Reservation:
    """Return a household at home of which the actor may write; else Http404."""
    inside = within("region_code", actor.regions_where(Permission.ARRIVAL_RECORD))
    rows: QuerySet[Reservation] = Reservation.objects.filter(
        inside, setting=Setting.HOME, state__in=COMING
    )
    return get_object_or_404(rows.select_related("home_table"), pk=party_id)


def at_table(party: Reservation, on: date) -> list[AtTable]:
    """Return who of a household eats there, in the order of the booking."""
    rows = party.stays.filter(state__in=[*LIVE_STAYS]).order_by("pk")
    return [
        AtTable(
            stay_id=pk,
            born_on=born_on,
            diet=Diet(diet or Diet.ORDINARY),
            baby_food=eats_as_a_baby(told=told, born_on=born_on, on=on),
        )
        for pk, born_on, diet, told in rows.values_list(
            "pk", "born_on", "eats__diet", "eats__baby_food"
        )
    ]


def stay_at_table(party: Reservation, stay_id: int) -> Stay:
    """Return one of a household; else Http404."""
    return get_object_or_404(party.stays.filter(state__in=[*LIVE_STAYS]), pk=stay_id)
