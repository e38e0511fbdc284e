"""Book a place for people who come home: all of a party, or nobody; once, or not at all."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.intake.actions.answers import answer_once
from smartkampung.intake.actions.cases import code_hash, open_case
from smartkampung.isolation.actions.claiming import (
    find_beds,
    take_beds,
    with_houses,
)
from smartkampung.isolation.actions.crowding import (
    crowded,
    may_text,
    too_many_from,
)
from smartkampung.isolation.actions.intake import (
    IntakeFull,
    check_intake,
    intake_locks,
    village_full,
)
from smartkampung.isolation.actions.looking import (
    SCOPE,
    Asked,
    NoRoom,
    look,
    near,
    others,
)
from smartkampung.isolation.actions.telling import expect, tell_code
from smartkampung.isolation.actions.wish import DOCUMENT, NIK, Wish
from smartkampung.isolation.models import House, Reservation, Stay
from smartkampung.isolation.queries.rooms import Site, site_of
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
from smartkampung.regions.queries import health_centre_serving

PUBLIC = "public"
PHONE = "phone"
HOUSES_TRIED = 6
State = ReservationState


class BadDates(Refused):
    """Nobody can arrive on that day."""

    code = "bad_dates"


class BadParty(Refused):
    """Nobody, or too many people at once."""

    code = "bad_party"


class Full(Exception):
    """The locked house has no beds for the party."""


@dataclass(frozen=True)
class Reserved:
    """The code is shown once and never kept; ``state`` is booked or waiting."""

    code: str
    reservation_id: int
    state: ReservationState


def reserve(wish: Wish, *, key: str, at: datetime, by: str = PUBLIC) -> Reserved:
    """Book a house or a home; the same key gets the same answer.

    Without a house the nearest with room is taken, and with no room anywhere in the
    kecamatan the party waits in the order of asking; so does, or reads that it is
    full, whoever books again and again in one name. Says nothing about whether a
    person has a place already: a name binds nobody until ``bind``.
    Raises BadDates, BadParty, NoRoom, IntakeFull, Busy and KeyReused.
    """
    _check(wish, day(at))
    asked = _asked(wish)
    site = look(asked, key=key)
    if asked.house_id is not None and site is None:
        raise House.DoesNotExist
    body = asdict(wish) | {"needs": sorted(wish.needs)}
    answer = answer_once(
        scope=SCOPE, key=key, body=body, at=at, make=lambda: _book(wish, site, at, by)
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
    named = [guest.identity for guest in wish.guests if guest.identity is not None]
    if len(named) != len(set(named)):
        raise BadParty(
            _("One number names one person: the same number stands twice in the party.")
        )


def _asked(wish: Wish) -> Asked:
    at_home = wish.setting == Setting.HOME
    return Asked(
        village=wish.village,
        arrives_on=wish.arrives_on,
        party=tuple(wish.party),
        needs=wish.needs,
        house_id=None if at_home else wish.house_id,
    )


def _book(wish: Wish, site: Site | None, at: datetime, by: str) -> str:
    if by == PUBLIC and _too_many(wish, at):
        row, code = _as_if_full(wish, at, by)
    elif wish.setting == Setting.HOME:
        row, code = _take(wish, None, at, by)
    elif site is not None:
        row, code = _in_house(wish, site, at, by)
    else:
        row, code = _nearest(wish, at, by)
    if may_text(wish.phone, at=at):
        tell_code(row, code)
    return json.dumps([code, row.pk, row.state])


def _too_many(wish: Wish, at: datetime) -> bool:
    by_name = crowded(guest.identity for guest in wish.guests)
    return too_many_from(wish.phone, at=at) or by_name


def _as_if_full(wish: Wish, at: datetime, by: str) -> tuple[Reservation, str]:
    """Answer as when there is no room, so that nobody learns who else has booked."""
    if wish.setting == Setting.HOME:
        raise village_full()
    if wish.house_id is not None:
        raise NoRoom(others(_asked(wish)))
    return _wait(wish, at, by)


def _in_house(wish: Wish, site: Site, at: datetime, by: str) -> tuple[Reservation, str]:
    try:
        return _take(wish, site, at, by)
    except Full:
        raise NoRoom(others(_asked(wish))) from None


def _nearest(wish: Wish, at: datetime, by: str) -> tuple[Reservation, str]:
    since, until = stay_days(wish.arrives_on)
    for house in near(_asked(wish), most=HOUSES_TRIED):
        site = site_of(house.house_id, since=since, until=until)
        try:
            return _take(wish, site, at, by)
        except (Full, IntakeFull):
            continue
    return _wait(wish, at, by)


def _take(
    wish: Wish, site: Site | None, at: datetime, by: str
) -> tuple[Reservation, str]:
    village = site.village if site else wish.village
    centre = site.centre if site else _centre(wish.village)
    return with_houses(
        [site.house_id] if site else [],
        partial(_write, wish, site, centre, at, by),
        quotas=intake_locks(village=village, centre=centre),
    )


def _write(
    wish: Wish, site: Site | None, centre: str, at: datetime, by: str
) -> tuple[Reservation, str]:
    since, until = stay_days(wish.arrives_on)
    # Beds are found before anything is written: whoever is late pays for one look.
    beds = _beds(wish, site.house_id, since, until) if site else []
    check_intake(
        village=site.village if site else wish.village,
        centre=centre,
        people=len(wish.guests),
        since=since,
        until=until,
    )
    place = site.place if site else wish.place or wish.village
    house_id = site.house_id if site else None
    row, code = _row(
        wish, place, at, state=State.BOOKED, house_id=house_id, centre_id=centre
    )
    stays = _stays(wish, row)
    if site:
        take_beds(stays, beds, since=since)
    expect(row)
    record("isolation.booked", target=row, by=by, region_code=place)
    return row, code


def _beds(wish: Wish, house_id: int, since: date, until: date) -> list[int]:
    beds = find_beds(wish.party, house_id, since=since, until=until, needs=wish.needs)
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
