"""What pages show of houses, as plain values."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.isolation.houses.rules import Check
from smartkampung.isolation.houses.words import CHECKS, KINDS, NEEDS
from smartkampung.isolation.rules.states import HouseKind, Need
from smartkampung.kernel.wording import short_day
from smartkampung.regions.queries import places

_DAY = timedelta(days=1)


def standing(house: Any) -> dict[str, str]:
    """Return the tag of a house that was annotated with how it stands."""
    if house.passed is None:
        return {"text": _("waits for the Puskesmas"), "state": "wait"}
    if not house.passed:
        return {"text": _("something is to be mended"), "state": "late"}
    if house.open_now:
        return {"text": _("open"), "state": "ok"}
    return {"text": _("closed"), "state": "off"}


def kind(value: str) -> str:
    """Return what a building is."""
    return str(KINDS[HouseKind(value)])


def checks(values: Iterable[str]) -> list[str]:
    """Return what an inspection found wanting."""
    return [str(CHECKS[Check(value)]) for value in values]


def has(needs: Iterable[Need]) -> list[str]:
    """Return what a house has, in a fixed order."""
    there = set(needs)
    return [str(words) for need, words in NEEDS.items() if need in there]


def where(codes: Iterable[str]) -> dict[str, str]:
    """Return "Sumberwangi, Kec. Lereng" for places."""
    return {
        code: ", ".join(
            filter(None, [place.village, place.kecamatan and f"Kec. {place.kecamatan}"])
        )
        for code, place in places(codes).items()
    }


def days(lower: Any, upper: Any) -> str:
    """Return "1 Juni 2020 – 14 Juni 2020" of half-open days, or "from ..."."""
    if upper is None:
        return _("from %(day)s") % {"day": short_day(lower)}
    last = upper - _DAY
    if last <= lower:
        return short_day(lower)
    return f"{short_day(lower)} – {short_day(last)}"


def photos(house: Any) -> list[dict[str, Any]]:
    """Return the photos of a house with their addresses."""
    return [
        {
            "pk": photo.pk,
            "url": reverse("isolation_public:photo", args=[house.pk, photo.pk]),
            "width": photo.upload.width,
            "height": photo.upload.height,
        }
        for photo in house.photos.select_related("upload").order_by("pk")
    ]
