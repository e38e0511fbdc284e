"""The JSON twin of the public list of isolation houses."""

from datetime import date, datetime, timedelta
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field

from smartkampung.api.access import operation
from smartkampung.api.problems import BadFields, Problem
from smartkampung.intake.rules import Limit
from smartkampung.isolation.houses.search import (
    FARTHEST_DAYS,
    LONGEST_STAY,
    MOST_PEOPLE,
    Row,
    Search,
    found,
)
from smartkampung.isolation.rules.states import HouseKind, Need
from smartkampung.kernel.clock import now, today
from smartkampung.regions.queries import Place, places

router = Router(tags=["isolation"])
SEARCHED = Limit("isolation.houses", 600, timedelta(minutes=10))


class SearchIn(Schema):
    """When, how many, near which village, with what."""

    since: date | None = Field(
        None, alias="from", description="Day of arrival; today when not given."
    )
    until: date | None = Field(
        None, alias="to", description="Day of leaving; 14 days later when not given."
    )
    people: int = Field(1, ge=1, le=MOST_PEOPLE)
    village: str = Field(
        "", max_length=13, description="Code of the village to be near to."
    )
    inside: str = Field(
        "", alias="in", max_length=13, description="Code of a kecamatan or village."
    )
    needs: list[Need] = Field([], alias="need", max_length=len(Need))


class HouseOut(Schema):
    """A house with room. Nothing is said about who is there."""

    id: int
    name: str
    kind: HouseKind
    village_code: str
    village: str
    kecamatan: str
    address: str
    lat: float | None
    lng: float | None
    free_beds: int
    free_cots: int
    has: list[Need]
    km: float | None
    url: str


class HousesOut(Schema):
    """The houses that fit, the nearest first where a village is named."""

    as_of: datetime = Field(description="At most a minute ago; a booking looks again.")
    since: date = Field(serialization_alias="from")
    until: date = Field(serialization_alias="to")
    people: int
    houses: list[HouseOut]


@operation(
    router,
    "get",
    "/houses",
    limits=(SEARCHED, None),
    response={200: HousesOut, 400: Problem, 422: Problem, 429: Problem},
    by_alias=True,
    summary="Find isolation houses with room",
)
def find_isolation_houses(
    request: HttpRequest, asked: Annotated[SearchIn, Query()]
) -> HousesOut:
    """Return the houses with room for some people on all days from one to another."""
    search = _search(asked)
    answer = found(search, at=now())
    named = places({row.house.village for row in answer.rows})
    return HousesOut(
        as_of=answer.as_of,
        since=search.since,
        until=search.leaves,
        people=search.people,
        houses=[_told(row, named[row.house.village]) for row in answer.rows],
    )


def _search(asked: SearchIn) -> Search:
    since = asked.since or today()
    wrong = {}
    if not today() <= since <= today() + timedelta(days=FARTHEST_DAYS):
        wrong["from"] = _("Choose a day from today up to 90 days ahead.")
    if asked.until and not 0 < (asked.until - since).days <= LONGEST_STAY:
        wrong["to"] = _("Choose a day after the arrival, at most 30 days later.")
    if wrong:
        raise BadFields(wrong)
    return Search(
        since=since,
        people=asked.people,
        near=asked.village,
        needs=frozenset(asked.needs),
        inside=asked.inside,
        until=asked.until,
    )


def _told(row: Row, place: Place) -> HouseOut:
    house = row.house
    return HouseOut(
        id=house.house_id,
        name=house.name,
        kind=HouseKind(house.kind),
        village_code=house.village,
        village=place.village,
        kecamatan=place.kecamatan,
        address=house.address,
        lat=house.lat,
        lng=house.lng,
        free_beds=house.free,
        free_cots=house.cots,
        has=sorted(house.has),
        km=None if row.km is None else round(row.km, 1),
        url=f"{settings.SITE_URL}/isolation/houses/{house.house_id}/",
    )
