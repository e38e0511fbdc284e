"""Sixty days of people who come home: when, to which room or home, and what became of it.

A room takes one party after the other, with the days of cleaning between, so that no
bed is ever taken twice; how a stay goes is decided before the next party is let in.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from smartkampung.demo.draw import Deck
from smartkampung.demo.places import Village
from smartkampung.demo.returnees import TOGETHER, Crowd, Guest, Journey
from smartkampung.isolation.rules.states import (
    CLEANING_DAYS,
    ISOLATION_DAYS,
    ReservationState,
    StayState,
)

DAYS, AHEAD = 60, 10
LONGEST_GAP, SLOW_START = 5, 25
EXTRA_DAYS = 7
HOMES_A_HOUSE = 1.2
COME = Deck(
    {ReservationState.ARRIVED: 92, ReservationState.CANCELLED: 4}
    | {ReservationState.NO_SHOW: 4}
)
GOES = Deck({"well": 88, "longer": 6, "hospital": 3, "lost": 3})
ON_THE_DAY, LATE = 0.55, 0.06


@dataclass
class Fate:
    """How the stay of one person goes: its days, and when and how it ended."""

    since: date
    until: date
    state: StayState
    left_on: date | None = None
    extended: bool = False


@dataclass
class Party:
    """People who travel together, to a room (its beds) or to a home (its RT)."""

    village: Village
    journey: Journey
    arrives_on: date
    state: ReservationState
    guests: list[Guest]
    fates: list[Fate]
    made_on: date
    room: int | None = None
    place: str = ""


class Planner:
    """Plans parties, those of a room one after the other."""

    def __init__(self, chance: random.Random, today: date) -> None:
        self.chance, self.today = chance, today
        self.crowd = Crowd(chance, today)

    def in_room(
        self, room: int, beds: int, village: Village, open_on: date
    ) -> Iterator[Party]:
        """Yield the parties of a room since it opened, and those that are to come."""
        first = max(open_on, self.today - timedelta(days=DAYS))
        since = first + timedelta(days=self.chance.randint(0, SLOW_START))
        while since <= self.today + timedelta(days=AHEAD):
            count = min(beds, TOGETHER.draw(self.chance.random))
            party = self._party(village, since, count)
            party.room = room
            yield party
            gap = CLEANING_DAYS + self.chance.randint(0, LONGEST_GAP)
            since = max(fate.until for fate in party.fates) + timedelta(days=gap)

    def at_home(self, villages: Sequence[Village], count: int) -> Iterator[Party]:
        """Yield parties that isolate at home, more of them lately."""
        people = [village.people for village in villages]
        for village in self.chance.choices(villages, people, k=count):
            ago = self.chance.triangular(-AHEAD, DAYS, 12)
            since = self.today - timedelta(days=round(ago))
            party = self._party(village, since, TOGETHER.draw(self.chance.random))
            party.place = self.chance.choice(village.rts).code
            yield party

    def _party(self, village: Village, since: date, count: int) -> Party:
        journey = self.crowd.journey()
        state = self._state(since)
        return Party(
            village=village,
            journey=journey,
            arrives_on=since,
            state=state,
            guests=self.crowd.guests(village, journey, count),
            fates=[self._fate(since, state) for _ in range(count)],
            made_on=min(self.today, since - timedelta(days=self.chance.randint(1, 12))),
        )

    def _state(self, since: date) -> ReservationState:
        if since > self.today:
            lost = self.chance.random() < 0.05
            return ReservationState.CANCELLED if lost else ReservationState.BOOKED
        if since == self.today and self.chance.random() > ON_THE_DAY:
            return ReservationState.BOOKED
        if since == self.today - timedelta(days=1) and self.chance.random() < LATE:
            return ReservationState.BOOKED
        return COME.draw(self.chance.random)

    def _fate(self, since: date, state: ReservationState) -> Fate:
        until = since + timedelta(days=ISOLATION_DAYS)
        match state:
            case ReservationState.BOOKED:
                return Fate(since, until, StayState.EXPECTED)
            case ReservationState.CANCELLED:
                return Fate(since, until, StayState.CANCELLED, left_on=since)
            case ReservationState.NO_SHOW:
                return Fate(since, until, StayState.NO_SHOW, left_on=since)
        return self._went(since, until)

    def _went(self, since: date, until: date) -> Fate:
        how = GOES.draw(self.chance.random)
        if how == "longer":
            until += timedelta(days=EXTRA_DAYS)
        noticed = since + timedelta(days=ISOLATION_DAYS - 3) <= self.today
        left = since + timedelta(days=self.chance.randint(2, 11))
        if how in {"hospital", "lost"} and left < self.today:
            state = StayState.LOST if how == "lost" else StayState.HOSPITAL
            return Fate(since, until, state, left_on=left)
        if until <= self.today:
            return Fate(since, until, StayState.RELEASED, until, how == "longer")
        if how == "longer" and not noticed:  # nobody knows yet
            until -= timedelta(days=EXTRA_DAYS)
        return Fate(since, until, StayState.PRESENT, None, how == "longer" and noticed)


def reservation_state(party: Party) -> ReservationState:
    """Return where a reservation stands: it ends when the last of a party has left."""
    if party.state != ReservationState.ARRIVED:
        return party.state
    present = any(fate.left_on is None for fate in party.fates)
    return ReservationState.ARRIVED if present else ReservationState.ENDED
