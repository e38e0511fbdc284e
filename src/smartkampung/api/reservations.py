"""The JSON twin of booking a place to isolate, and of following it by its code."""

from datetime import date, datetime, timedelta
from typing import Annotated

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Header, Router, Schema, Status
from pydantic import ConfigDict, Field

from smartkampung.api.access import operation
from smartkampung.api.problems import Problem
from smartkampung.api.wished import read_wish
from smartkampung.intake.rules import Limit
from smartkampung.isolation.actions.change import cancel, change_arrival
from smartkampung.isolation.actions.reserve import reserve
from smartkampung.isolation.actions.waiting import take_up
from smartkampung.isolation.booking.queries import Followed, reservation_by_code
from smartkampung.isolation.queries.waiting import place_in_order
from smartkampung.isolation.rules.states import (
    Document,
    EntryPoint,
    Need,
    ReservationState,
    Setting,
)
from smartkampung.kernel.clock import now

router = Router(tags=["isolation"])
SENT = Limit("isolation.booking.sent", 240, timedelta(minutes=10))
SENT_BY_ALL = Limit("isolation.booking.sent_by_all", 7200, timedelta(minutes=1))
OPENED = Limit("isolation.opened", 300, timedelta(minutes=10))
OPENED_BY_ALL = Limit("isolation.opened_by_all", 24_000, timedelta(minutes=1))
FOLLOWED = (OPENED, OPENED_BY_ALL)
LARGEST_ID = 2**63 - 1
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=16,
        max_length=200,
        description="A random value of your own, such as a UUID. Sending the same "
        "key and body again gives the same answer and books nothing more.",
    ),
]
SENDING = {400: Problem, 409: Problem, 413: Problem, 422: Problem, 429: Problem}
CHANGING = {404: Problem, 409: Problem, 429: Problem}


class GuestIn(Schema):
    """One of the people who come; a child may have no document."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=120)
    sex: str = Field(pattern="^[LP]$", description="L for men and boys, P for women.")
    born_on: date
    nik: str = Field("", max_length=60, description="16 digits, or empty.")
    document_kind: Document | None = None
    document: str = Field("", max_length=30)


class WishIn(Schema):
    """What somebody asks for who comes home."""

    model_config = ConfigDict(extra="forbid")

    village: str = Field(max_length=30, description="Code of the desa or kelurahan.")
    place: str = Field("", max_length=30, description="Code of the RT, if known.")
    arrives_on: date
    origin_code: str = Field(
        max_length=30, description="Code of a regency or city; 00 from abroad."
    )
    entry_point: EntryPoint
    guests: list[GuestIn] = Field(min_length=1, max_length=12)
    needs: set[Need] = set()
    setting: Setting = Setting.HOUSE
    own_room: bool = False
    own_bathroom: bool = False
    nobody_frail: bool = False
    address: str = Field("", max_length=200, description="Of the home, for a home.")
    house_id: int | None = Field(
        None, ge=1, le=LARGEST_ID, description="Nothing: the nearest with room."
    )
    phone: str = Field("", max_length=60)
    language: str = Field("id", pattern="^(id|en)$")


class ReservedOut(Schema):
    """The answer to every booking, whoever it is for."""

    code: str
    state: ReservationState
    url: str
    slip_url: str


class ArrivalIn(Schema):
    """Another day."""

    model_config = ConfigDict(extra="forbid")

    arrives_on: date


class BookingOut(Schema):
    """Where a booking stands: no name, no number, no address of a home."""

    state: ReservationState
    setting: Setting
    arrives_on: date
    people: int
    house_id: int | None
    house: str
    made_at: datetime
    held_until: datetime | None
    place_in_order: int | None


@operation(
    router,
    "post",
    "/reservations",
    limits=(SENT, SENT_BY_ALL),
    response={201: ReservedOut, **SENDING},
    summary="Book a place",
)
def book_place(request: HttpRequest, wish: WishIn, key: Key) -> Status[ReservedOut]:
    """Book a house or a home, or join the waiting list."""
    reserved = reserve(read_wish(wish.dict()), key=f"api:{key}", at=now())
    url = f"{settings.SITE_URL}/i/{reserved.code}/"
    return Status(
        201,
        ReservedOut(
            code=reserved.code, state=reserved.state, url=url, slip_url=f"{url}slip/"
        ),
    )


@operation(
    router,
    "get",
    "/reservations/{code}",
    limits=FOLLOWED,
    response={200: BookingOut, 404: Problem, 429: Problem},
    summary="Follow a booking",
)
def follow_booking(request: HttpRequest, code: str) -> BookingOut:
    """Return where the booking of a code stands."""
    return _told(_opened(code))


@operation(
    router,
    "post",
    "/reservations/{code}/cancel",
    limits=FOLLOWED,
    response={200: BookingOut, **CHANGING},
    summary="Cancel a booking",
)
def cancel_booking(request: HttpRequest, code: str) -> BookingOut:
    """Give the place back; a booking that ended or began stays as it is."""
    cancel(_opened(code).row, at=now())
    return _told(_opened(code))


@operation(
    router,
    "post",
    "/reservations/{code}/arrival",
    limits=FOLLOWED,
    response={200: BookingOut, 400: Problem, 413: Problem, 422: Problem, **CHANGING},
    summary="Arrive on another day",
)
def change_day(request: HttpRequest, code: str, arrival: ArrivalIn) -> BookingOut:
    """Move the booking to another day; the old one stands where that is full."""
    change_arrival(_opened(code).row, arrives_on=arrival.arrives_on, at=now())
    return _told(_opened(code))


@operation(
    router,
    "post",
    "/reservations/{code}/take",
    limits=FOLLOWED,
    response={200: BookingOut, **CHANGING},
    summary="Take an offered place",
)
def take_offer(request: HttpRequest, code: str) -> BookingOut:
    """Turn an offer of the waiting list into a booking."""
    take_up(_opened(code).row, at=now())
    return _told(_opened(code))


def _opened(code: str) -> Followed:
    found = reservation_by_code(code, at=now())
    if found is None:
        raise Http404
    return found


def _told(found: Followed) -> BookingOut:
    row = found.row
    waits = row.state == ReservationState.WAITING
    return BookingOut(
        state=ReservationState(row.state),
        setting=Setting(row.setting),
        arrives_on=row.arrives_on,
        people=found.people,
        house_id=row.house_id,
        house=row.house.name if row.house else "",
        made_at=row.made_at,
        held_until=row.held_until,
        place_in_order=place_in_order(row) if waits else None,
    )
