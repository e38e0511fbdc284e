"""A small model of who lives where on which day, told the same events as the registry."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from smartkampung.kernel.clock import WIB
from smartkampung.regions.models import Region
from smartkampung.residents.actions.absences import (
    record_found,
    record_missing,
    record_return,
)
from smartkampung.residents.actions.arrivals import (
    Newcomer,
    open_family,
    record_birth,
)
from smartkampung.residents.actions.cards import change_head, split_card
from smartkampung.residents.actions.deaths import record_death
from smartkampung.residents.actions.happening import Act
from smartkampung.residents.actions.moves import (
    Card,
    Destination,
    record_move,
    record_move_out,
)
from smartkampung.residents.models import Person
from smartkampung.residents.queries.population import (
    Flow,
)
from tests import cast
from tests.lives import act, reread
from tests.population import family, person

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
END = datetime(2027, 1, 1, 9, 0, tzinfo=WIB)
RTS = [cast.RT_HERE, f"{cast.HERE}.002.008", f"{cast.NEXT_DOOR}.001.001"]
RTS += [f"{cast.FAR_AWAY}.001.001"]
VILLAGES = (cast.HERE, cast.NEXT_DOOR, cast.FAR_AWAY)
VILLAGE, KECAMATAN, REGENCY = 13, 8, 5


@dataclass
class Stay:
    """Somebody is counted at a place from a day on, until the day they no longer are."""

    place: str
    since: date
    how: str
    until: date | None = None
    why: str = ""

    def holds(self, day: date) -> bool:
        """Say whether they are counted there at the end of a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass
class World:
    """The model, and the dice that decide what happens next to whom."""

    dice: random.Random
    day: date = FIRST
    stays: dict[int, list[Stay]] = field(default_factory=dict)
    born: int = 0

    def settle(self, someone: Person) -> None:
        """Know a person who has lived here since before anything was told."""
        since = max(someone.born_on or date.min, date.min)
        self.stays[someone.pk] = [Stay(someone.region_code, since, "birth")]

    def comes(self, pk: int, place: str, how: str) -> None:
        """Count a person at a place from today."""
        self.stays.setdefault(pk, []).append(Stay(place, self.day, how))

    def goes(self, pk: int, why: str) -> None:
        """Count a person there no longer."""
        last = self.stays[pk][-1]
        last.until, last.why = self.day, why

    def place_of(self, pk: int, day: date) -> str | None:
        """Return where a person is counted at the end of a day."""
        return next((s.place for s in self.stays[pk] if s.holds(day)), None)

    def count(self, day: date, length: int) -> dict[str, int]:
        """Return how many are counted in each place."""
        found = (self.place_of(pk, day) for pk in self.stays)
        return dict(Counter(place[:length] for place in found if place))

    def happened(self, opening: date, closing: date, length: int, place: str) -> Flow:
        """Return the flows of one place between two days."""
        counts: Counter[str] = Counter()
        for stays in self.stays.values():
            for at, stay in enumerate(stays):
                before = stays[at - 1].place[:length] if at else ""
                after = stays[at + 1].place[:length] if at + 1 < len(stays) else ""
                here = stay.place[:length] == place
                begins = opening < stay.since <= closing
                if here and begins and (stay.how != "joined" or before != place):
                    counts[stay.how] += 1
                ends = stay.until is not None and opening < stay.until <= closing
                if here and ends and (stay.why != "parted" or after != place):
                    counts[stay.why] += 1
        return Flow(
            opening=self.count(opening, length).get(place, 0),
            births=counts["birth"],
            deaths=counts["deaths"],
            came=counts["came"],
            joined=counts["joined"],
            parted=counts["parted"],
            went=counts["went"],
            missing=counts["missing"],
            found=counts["found"],
            closing=self.count(closing, length).get(place, 0),
        )

    # -- what can happen --------------------------------------------------------

    def pick(self, *statuses: str, alone: bool = False) -> Person | None:
        """Choose somebody of a status; ``alone``: no head of a family of others."""
        rows = list(
            Person.objects.filter(pk__in=self.stays, status__in=statuses).order_by("pk")
        )
        if alone:
            rows = [one for one in rows if one.relation != 1]
        rows = [one for one in rows if (one.born_on or FIRST) <= self.day]
        return reread(self.dice.choice(rows)) if rows else None

    def birth(self) -> None:
        """Let a child be born into a family."""
        parent = self.pick("living")
        if parent is None:
            return
        self.born += 1
        child = Newcomer(f"Bayi {self.born}", "P", self.day, relation=4)
        event = record_birth(act=self.form(), family=parent.family, child=child)
        self.comes(event.person_id, parent.family.region_code, "birth")

    def death(self) -> None:
        """Let somebody die."""
        one = self.pick("living", "missing", alone=True)
        if one is not None:
            record_death(act=self.form(), person=one)
            if one.status == "living":
                self.goes(one.pk, "deaths")

    def lost(self) -> None:
        """Let somebody go missing."""
        one = self.pick("living")
        if one is not None:
            record_missing(act=self.form(), person=one)
            self.goes(one.pk, "missing")

    def found(self) -> None:
        """Let a missing person come home."""
        one = self.pick("missing")
        if one is not None:
            record_found(act=self.form(), person=one)
            self.comes(one.pk, one.family.region_code, "found")

    def out(self) -> None:
        """Let somebody leave the regency."""
        one = self.pick("living", alone=True)
        if one is not None:
            record_move_out(act=self.form(elsewhere="Malang"), people=[one])
            self.goes(one.pk, "went")

    def back(self) -> None:
        """Let somebody come back."""
        one = self.pick("moved")
        if one is not None:
            record_return(act=self.form(), people=[one], new_head=one.pk)
            self.comes(one.pk, one.family.region_code, "came")

    def arrival(self) -> None:
        """Let a family arrive from outside."""
        place = self.dice.choice(RTS)
        self.born += 1
        head = Newcomer(f"Pendatang {self.born}", "L", date(1980, 1, 1), relation=1)
        event = open_family(
            act=self.form(elsewhere="Jember"),
            region_code=place,
            kk="",
            address="",
            head=head,
        )
        self.comes(event.person_id, place, "came")

    def move_alone(self) -> None:
        """Let somebody move to a card of their own elsewhere."""
        one = self.pick("living", alone=True)
        place = self.dice.choice(RTS)
        if one is not None and one.family.region_code != place:
            to = Destination(Card.NEW, place, new_head=one.pk)
            record_move(act=self.form(), people=[one], to=to)
            self.goes(one.pk, "parted")
            self.comes(one.pk, place, "joined")

    def move_family(self) -> None:
        """Let all living members of a family move with their card."""
        one = self.pick("living")
        place = self.dice.choice(RTS)
        if one is None or one.family.region_code == place:
            return
        everybody = [
            reread(member)
            for member in Person.objects.filter(family=one.family, status="living")
        ]
        if any((member.born_on or FIRST) > self.day for member in everybody):
            return
        to = Destination(Card.SAME, place)
        record_move(act=self.form(), people=everybody, to=to)
        for member in everybody:
            self.goes(member.pk, "parted")
            self.comes(member.pk, place, "joined")

    def quiet(self) -> None:
        """Let something happen that moves nobody."""
        one = self.pick("living", alone=True)
        if one is None:
            return
        if self.dice.random() < 0.5:
            split_card(act=self.form(), people=[one], kk="", new_head=one.pk)
        else:
            change_head(act=self.form(), family=one.family, new_head=one)

    def form(self, **more: str) -> Act:
        """Return a form about today, filled in at the end of the year."""
        return act(self.day, at=END, **more)


DEEDS: list[Callable[[World], None]] = [
    World.birth,
    World.death,
    World.lost,
    World.found,
    World.out,
    World.back,
    World.arrival,
    World.move_alone,
    World.move_family,
    World.quiet,
]


def begin(seed: int) -> World:
    """Make three villages with a few families, one child of which nobody told."""
    cast.places()
    for code in RTS:
        Region.objects.get_or_create(
            code=code, defaults={"name": "RT", "kind": "rt", "parent_id": code[:13]}
        )
    world = World(random.Random(seed))
    for place in RTS:
        card = family(kk=None, region=place, phone=None)
        for relation, born_on in [
            (1, date(1980, 1, 1)),
            (3, date(1985, 1, 1)),
            (4, None),
            (4, date(2026, 5, 17)),
        ]:
            world.settle(
                person(
                    f"{place} {relation}",
                    household=card,
                    relation=relation,
                    born_on=born_on,
                )
            )
    return world
