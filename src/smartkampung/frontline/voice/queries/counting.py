"""How many families a broadcast reaches, how long it is and what it costs at most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import override

from smartkampung.frontline.voice.models import Allowance, Broadcast
from smartkampung.frontline.voice.rules.broadcasting import (
    DANGERS,
    Wording,
    cap_of,
    is_large,
)
from smartkampung.kernel.clock import day, start_of_day
from smartkampung.kernel.wording import long_day
from smartkampung.notify.adapters import ways
from smartkampung.notify.prices import at_most
from smartkampung.notify.rules import sms_parts
from smartkampung.notify.texts import text_of
from smartkampung.regions.codes import level
from smartkampung.regions.queries import kecamatan_of, names, villages_of
from smartkampung.residents.queries.reach import reachable
from smartkampung.residents.rules.consents import Purpose

LANGUAGES = ("id", "en")


@dataclass(frozen=True)
class Counted:
    """What is known before anything is sent."""

    families: int
    parts: int
    cost: int
    texts: dict[str, str]


@dataclass(frozen=True)
class Purse:
    """What a month of an area still pays."""

    cap: int
    spent: int

    @property
    def left(self) -> int:
        """Return what can still be promised."""
        return self.cap - self.spent


def context_of(
    *, region_code: str, announcement_id: int, due_on: date | None, language: str
) -> dict[str, object]:
    """Return what a message names: the place, the page, and a day."""
    place = names([region_code]).get(region_code, "")
    told: dict[str, object] = {
        "place": place,
        "link": f"{settings.SITE_URL}/news/{announcement_id}/",
    }
    if due_on is not None:
        with override(language):
            told["due_on"] = long_day(due_on)
    return told


def count(
    *,
    wording: Wording,
    region_code: str,
    announcement_id: int,
    due_on: date | None,
    tongue: str = "",
) -> Counted:
    """Count whom it reaches and what it costs if every channel is tried."""
    return priced(
        reachable(region_code, Purpose.AREA_NEWS).count(),
        wording=wording,
        region_code=region_code,
        announcement_id=announcement_id,
        due_on=due_on,
        tongue=tongue,
    )


def priced(
    families: int,
    *,
    wording: Wording,
    region_code: str,
    announcement_id: int,
    due_on: date | None,
    tongue: str = "",
) -> Counted:
    """Return what it costs to say some words to so many families."""
    texts = {
        language: text_of(
            wording,
            context=context_of(
                region_code=region_code,
                announcement_id=announcement_id,
                due_on=due_on,
                language=language,
            ),
            language=language,
        )
        for language in ([tongue] if tongue else LANGUAGES)
    }
    parts = max(map(sms_parts, texts.values()))
    each = at_most(parts, channels=ways())
    return Counted(families, parts, families * each, texts)


def needs_second(
    counted: Counted, *, wording: Wording, purse: str, at: datetime
) -> bool:
    """Say whether a second person must allow it: a warning of danger always; else alone,
    or with what one purse paid for on this day without one. Many small messages are a
    large one; that a warning is over is none of them, as it goes to who was warned.
    """
    if wording in DANGERS:
        return True
    begins = start_of_day(day(at))
    rows = Broadcast.objects.filter(
        purse=purse, large=False, at__gte=begins, at__lt=begins + timedelta(days=1)
    ).exclude(wording=Wording.CALLED_OFF)
    today = rows.aggregate(
        families=Sum("families", default=0), cost=Sum("cost", default=0)
    )
    return is_large(
        families=today["families"] + counted.families,
        cost=today["cost"] + counted.cost,
    )


def purse_of(code: str, *, month: date) -> Purse:
    """Return what an area may spend in a month, and promised to spend."""
    row = Allowance.objects.filter(purse=code, month=month).first()
    return Purse(row.cap, row.spent) if row else Purse(cap_of(level(code)), 0)


def purses_below(areas: Iterable[str]) -> list[str]:
    """Return the areas whose budget somebody changes who answers for some areas.

    The regency's own, and each kecamatan and village inside.
    """
    found = [code for code in areas if level(code) == "regency"]
    for code in areas:
        rows = [*kecamatan_of(code), *villages_of(code)]
        found += [row.code for row in rows if row.code != code]
    return list(dict.fromkeys(found))
