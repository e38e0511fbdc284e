"""How many meals which house needs on a day, for the kitchen that cooks them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.isolation.houses.queries import house_for
from smartkampung.isolation.houses.rules import Diet, eats_as_a_baby
from smartkampung.isolation.models import BedUse, House, Stay
from smartkampung.isolation.rules.states import LIVE_STAYS, StayState
from smartkampung.kernel.rls import as_job
from smartkampung.regions.codes import within


@dataclass
class Meals:
    """How many eat in a house, and what; ``expected`` did not come yet."""

    present: int = 0
    expected: int = 0
    babies: int = 0
    diets: Counter[Diet] = field(default_factory=Counter)

    def serve(
        self,
        state: str,
        born_on: date | None,
        diet: str | None,
        told: bool | None,
        *,
        on: date,
    ) -> None:
        """Count one more who eats."""
        if state == StayState.PRESENT:
            self.present += 1
        else:
            self.expected += 1
        if eats_as_a_baby(told=told, born_on=born_on, on=on):
            self.babies += 1
        else:
            self.diets[Diet(diet or Diet.ORDINARY)] += 1

    def only_baby_food(self) -> None:
        """Leave what a household needs that cooks for itself."""
        self.present = self.expected = 0
        self.diets.clear()

    @property
    def people(self) -> int:
        """Return how many meals there are to be."""
        return self.present + self.expected


def kitchens_for(actor: Actor) -> QuerySet[House]:
    """Return the houses that the kitchens of the actor's villages feed."""
    own = within("fed_by__code", actor.regions_where(Permission.MEALS_VIEW))
    return House.objects.filter(own).order_by("fed_by", "village", "name")


def meals_on(houses: Iterable[House], on: date) -> Mapping[int, Meals]:
    """Return the meals of some houses on a day; houses where nobody eats are left out.

    Counted as a job, because a kitchen may feed a house of the next village, where
    its officers see nobody: they learn numbers only.
    """
    found: dict[int, Meals] = {}
    with as_job():
        rows = list(_eaters(houses, on))
    for house, state, born_on, diet, told in rows:
        found.setdefault(house, Meals()).serve(state, born_on, diet, told, on=on)
    return found


def _eaters(
    houses: Iterable[House], on: date
) -> Iterable[tuple[int, str, date | None, str | None, bool | None]]:
    return (
        _uses(on)
        .filter(bed__room__house__in=[house.pk for house in houses])
        .values_list(
            "bed__room__house",
            "stay__state",
            "stay__born_on",
            "stay__eats__diet",
            "stay__eats__baby_food",
        )
    )


def _uses(on: date) -> QuerySet[BedUse]:
    return BedUse.objects.filter(
        live=True, during__contains=on, stay__state__in=[*LIVE_STAYS]
    )


@dataclass(frozen=True)
class Place:
    """A bed in use, and what the person in it eats. Nobody is named."""

    stay_id: int
    room: str
    bed: str
    present: bool
    diet: Diet
    baby_food: bool


def places_at_table(house: House, on: date) -> list[Place]:
    """Return the beds in use on a day and what is eaten there, as far as one may see."""
    rows = _uses(on).filter(bed__room__house=house).order_by("bed__room", "bed")
    return [
        Place(
            stay_id=stay,
            room=room,
            bed=bed,
            present=state == StayState.PRESENT,
            diet=Diet(diet or Diet.ORDINARY),
            baby_food=eats_as_a_baby(told=told, born_on=born_on, on=on),
        )
        for stay, room, bed, state, born_on, diet, told in rows.values_list(
            "stay",
            "bed__room__name",
            "bed__name",
            "stay__state",
            "stay__born_on",
            "stay__eats__diet",
            "stay__eats__baby_food",
        )
    ]


def eater_for(actor: Actor, house_id: int, stay_id: int) -> tuple[House, Stay]:
    """Return a house and somebody in it, of whom the actor may write; else 404."""
    house = house_for(actor, house_id, Permission.ARRIVAL_RECORD)
    rows = Stay.objects.filter(
        beds__bed__room__house=house, beds__live=True, state__in=[*LIVE_STAYS]
    )
    return house, get_object_or_404(rows.distinct(), pk=stay_id)
