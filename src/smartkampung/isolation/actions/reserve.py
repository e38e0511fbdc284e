"""Book a place for people who come home: all of a party, or nobody; once, or not at all."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.intake.actions.answers import answer_once, was_answered
from smartkampung.intake.actions.cases import code_hash, open_case
from smartkampung.isolation.actions.claiming import (
    find_beds,
    take_beds,
    with_houses,
)
from smartkampung.isolation.actions.intake import (
    IntakeFull,
    check_intake,
    intake_locks,
)
from smartkampung.isolation.actions.telling import expect, tell_code
from smartkampung.isolation.actions.wish import DOCUMENT, NIK, Wish
from smartkampung.isolation.models import House, Reservation, Stay
from smartkampung.isolation.queries.rooms import Near, free_beds, houses_near
from smartkampung.isolation.rules import rooms
from smartkampung.isolation.rules.intake import MOST_GUESTS, DateProblem, date_problem
from smartkampung.isolation.rules.states import (
    ReservationState,
    Setting,
    stay_days,
)
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import as_job
from smartkampung.kernel.sealed import Sealed
from smartkampung.regions.codes import ancestor
from smartkampung.regions.queries import health_centre_serving

SCOPE = "isolation.reservation"
PHONE = "phone"
OTHERS_OFFERED = 3
HOUSES_TRIED = 6
State = ReservationState


class BadDates(Refused):
    """Nobody can arrive on that day."""

    code = "bad_dates"


class BadParty(Refused):
    """Nobody, or too many people at once."""

    code = "bad_party"


class NoRoom(Refused):
    """The house is full on these days; ``alternatives`` are the nearest with room."""

    code = "no_room"

    def __init__(self, alternatives: Sequence[Near]) -> None:
        super().__init__(
            _("This house is full on these days. Please choose another house.")
        )
        self.alternatives = tuple(alternatives)


class Full(Exception):
    """The locked house has no beds for the party."""


@dataclass(frozen=True)
class Reserved:
    """The code is shown once and never kept; ``state`` is booked or waiting."""

    code: str
    reservation_id: int
    state: ReservationState


def reserve(wish: Wish, *, key: str, at: datetime, by: str = "public") -> Reserved:
    """Book a house or a home; the same key gets the same answer.

    Without a house the nearest with room is taken, and with no room anywhere in the
    kecamatan the party waits in the order of asking. Says nothing about whether a
    person has a place already: a name binds nobody until ``bind``.
    Raises BadDates, BadParty, NoRoom, IntakeFull, Busy and KeyReused.
    """
    _check(wish, day(at))
    if _seems_full(wish) and not was_answered(scope=SCOPE, key=key):
        raise NoRoom(others(wish))
    body = asdict(wish) | {"needs": sorted(wish.needs)}
    answer = answer_once(
        scope=SCOPE, key=key, body=body, at=at, make=lambda: _book(wish, at, by)
    )
    code, pk, state = json.loads(answer.text)
    return Reserved(code, pk, State(state))


def _check(wish: Wish, today: date) -> None:
    problem = date_problem(wish.arrives_on, today=today)
    if problem == DateProblem.PAST:
        raise BadDates(_("This day is over. Please choose today or a later day."))
    if problem == DateProblem.TOO_FAR:
        raise BadDates(_("Please choose a day within the next 90 days."))
    if not 1 <= len(wish.guests) <= MOST_GUESTS:
        raise BadParty(_("Please book for 1 to 12 people at a time."))


def _seems_full(wish: Wish) -> bool:
    """Say whether the chosen house is full at a glance.

    Most who ask for the last beds are late, and need no lock to be told so. Nobody
    gets a bed by this look: that is decided under the lock.
    """
    if wish.house_id is None or wish.setting == Setting.HOME:
        return False
    since, until = stay_days(wish.arrives_on)
    return free_beds(wish.house_id, since=since, until=until) < len(wish.guests)


def _book(wish: Wish, at: datetime, by: str) -> str:
    if wish.setting == Setting.HOME:
        row, code = _take(wish, None, at, by)
    elif wish.house_id is not None:
        row, code = _in_house(wish, House.objects.get(pk=wish.house_id), at, by)
    else:
        row, code = _nearest(wish, at, by)
    tell_code(row, code)
    return json.dumps([code, row.pk, row.state])


def _in_house(
    wish: Wish, house: House, at: datetime, by: str
) -> tuple[Reservation, str]:
    try:
        return _take(wish, house, at, by)
    except Full:
        raise NoRoom(others(wish)) from None


def _nearest(wish: Wish, at: datetime, by: str) -> tuple[Reservation, str]:
    for near in _near(wish)[:HOUSES_TRIED]:
        try:
            return _take(wish, House.objects.get(pk=near.house_id), at, by)
        except (Full, IntakeFull):
            continue
    return _wait(wish, at, by)


def _near(wish: Wish) -> list[Near]:
    since, until = stay_days(wish.arrives_on)
    return houses_near(
        wish.village,
        since=since,
        until=until,
        people=len(wish.guests),
        needs=wish.needs,
        inside=ancestor(wish.village, "kecamatan"),
    )


def others(wish: Wish) -> list[Near]:
    """Return the nearest other houses that seem to have room for the party."""
    near = [one for one in _near(wish) if one.house_id != wish.house_id]
    return near[:OTHERS_OFFERED]


def _take(
    wish: Wish, house: House | None, at: datetime, by: str
) -> tuple[Reservation, str]:
    village = house.village_id if house else wish.village
    centre = house.centre_id if house else _centre(wish.village)
    return with_houses(
        [house.pk] if house else [],
        partial(_write, wish, house, centre, at, by),
        quotas=intake_locks(village=village, centre=centre),
    )


def _write(
    wish: Wish, house: House | None, centre: str, at: datetime, by: str
) -> tuple[Reservation, str]:
    since, until = stay_days(wish.arrives_on)
    # Beds are found before anything is written: whoever is late pays for one look.
    beds = _beds(wish, house.pk, since, until) if house else []
    check_intake(
        village=house.village_id if house else wish.village,
        centre=centre,
        people=len(wish.guests),
        since=since,
        until=until,
    )
    place = house.place_id if house else wish.place or wish.village
    row, code = _row(wish, place, at, state=State.BOOKED, house=house, centre_id=centre)
    stays = _stays(wish, row)
    if house:
        take_beds(stays, beds, since=since)
    expect(row)
    record("isolation.booked", target=row, by=by, region_code=place)
    return row, code


def _beds(wish: Wish, house_id: int, since: date, until: date) -> list[int]:
    party = [rooms.Guest(guest.sex, guest.born_on) for guest in wish.guests]
    beds = find_beds(party, house_id, since=since, until=until, needs=wish.needs)
    if beds is None:
        raise Full
    return beds


def _wait(wish: Wish, at: datetime, by: str) -> tuple[Reservation, str]:
    with as_job():
        row, code = _row(wish, wish.village, at, state=State.WAITING, waits_since=at)
        _stays(wish, row)
        record("isolation.waiting", target=row, by=by, region_code=wish.village)
    return row, code


def _row(
    wish: Wish, place: str, at: datetime, *, state: ReservationState, **more: object
) -> tuple[Reservation, str]:
    code = open_case(
        kind="isolation",
        region_code=place,
        first_step=state.value,
        due_on=wish.arrives_on,
        at=at,
    )
    row = Reservation.objects.create(
        code_hash=code_hash(code),
        state=state,
        setting=wish.setting,
        region_code=place,
        address=wish.address,
        arrives_on=wish.arrives_on,
        origin_code=wish.origin_code,
        entry_point=wish.entry_point,
        phone=Sealed.of(wish.phone, PHONE) if wish.phone else None,
        language=wish.language,
        needs=sorted(wish.needs),
        assessment=wish.assessment,
        walked_in=wish.walked_in,
        made_at=at,
        **more,
    )
    return row, code


def _stays(wish: Wish, row: Reservation) -> list[Stay]:
    return Stay.objects.bulk_create(
        [
            Stay(
                reservation=row,
                during=DateRange(*stay_days(wish.arrives_on)),
                name=guest.name,
                sex=guest.sex,
                born_on=guest.born_on,
                nik=Sealed.of(guest.nik, NIK) if guest.nik else None,
                document_kind=guest.document_kind,
                document=Sealed.of(guest.document, DOCUMENT)
                if guest.document
                else None,
                identity=guest.identity,
            )
            for guest in wish.guests
        ]
    )


def _centre(village: str) -> str:
    centre = health_centre_serving(village)
    if centre is None:
        raise IntakeFull(
            _("No Puskesmas looks after this village yet. Please ask at its office.")
        )
    return centre.code
