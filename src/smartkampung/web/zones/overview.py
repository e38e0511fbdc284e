"""Zones of RTs, for staff: on any day, as decided then or as known now."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.wording import whole
from smartkampung.regions.codes import holds_all, inside, level, village_of
from smartkampung.regions.queries import names
from smartkampung.reopening.cases.queries.counting import without_rt
from smartkampung.reopening.cases.queries.zones import (
    decided,
    is_whole,
    zones_decided,
    zones_known,
)
from smartkampung.reopening.cases.rules.zones import Zones
from smartkampung.reopening.guidance.queries import in_force
from smartkampung.reopening.guidance.rules.kinds import Kind
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.zones import present

VIEW = Permission.ZONE_VIEW


@staff_page(VIEW)
def zones(request: StaffRequest) -> HttpResponse:
    """Go to the smallest place that holds all of the reader's."""
    code = holds_all(request.actor.regions_where(VIEW))
    return redirect(present.address(code, request.GET.dict()))


@staff_page(VIEW)
def place(request: StaffRequest, code: str) -> HttpResponse:
    """Show the zones of a place on a day."""
    if not _sees(request, code):
        raise Http404
    asked = _asked(request)
    found = _found(asked)
    context = {
        "asked": asked,
        "name": names([code]).get(code, code),
        "day": asked.on,
        "days": present.days(asked.on, today(), code, asked.known),
        "how": found.how,
        "broken": found.broken,
        "zones": found.zones,
        "counts": _counts(found.zones, code),
        "silent": _silent(found, code),
        **_parts(found.zones, code, asked),
        **_guidance(asked.on),
        "may_see_cases": request.actor.may(Permission.CASE_VIEW),
    }
    return render(request, "zones/place.html", context)


@dataclass(frozen=True)
class Asked:
    """The day, and by what knowledge."""

    on: date
    known: str
    wrong: bool

    @property
    def query(self) -> dict[str, str]:
        """Return what links carry on."""
        return {"on": self.on.isoformat(), "known": self.known}


@dataclass(frozen=True)
class Found:
    """Zones, and where they are from."""

    zones: Zones
    known: datetime
    how: str
    broken: bool = False


def _sees(request: StaffRequest, code: str) -> bool:
    """Say whether a place is the reader's, or holds what is theirs alone."""
    own = request.actor.regions_where(VIEW)
    return any(inside(code, one) for one in own) or code == holds_all(own)


def _asked(request: StaffRequest) -> Asked:
    known = "today" if request.GET.get("known") == "today" else ""
    text = request.GET.get("on", "")
    try:
        on = date.fromisoformat(text) if text else today()
    except ValueError:
        return Asked(today(), known, wrong=True)
    return Asked(min(on, today()), known, wrong=on > today())


def _found(asked: Asked) -> Found:
    kept = None if asked.known else decided(asked.on)
    if kept is None:
        moment = now()
        return Found(zones_known(asked.on, known=moment), moment, "known")
    whole_ = is_whole(kept)
    return Found(zones_decided(kept), kept.known_at, "decided", broken=not whole_)


def _counts(zones: Zones, code: str) -> list[tuple[dict[str, Any], str]]:
    if level(code) in ("rw", "rt"):
        return []
    counts = zones.counts(code)
    return [(present.tag(one), whole(counts[one])) for one in present.WORST_FIRST]


def _parts(zones: Zones, code: str, asked: Asked) -> dict[str, Any]:
    if level(code) not in ("regency", "kecamatan"):
        return {"rts": present.rt_table(zones, code)}
    table = present.counts_table(zones, code, asked.query)
    return {
        "map": present.place_map(code, table["parts"], asked.query),
        "legend": present.legend(),
        "table": table,
    }


def _silent(found: Found, code: str) -> dict[str, Any]:
    """Return what is missing: villages nobody told of, and houses without an RT."""
    zones = found.zones
    known = names(one for one in zones.silent if inside(one, code))
    place = names([village_of(code)]) if village_of(code) in zones.silent else {}
    version = in_force(Kind.RT_ZONE, zones.day)
    days = version.body["days"] if version else 7
    lost = without_rt(zones.day, days=days, inside=code, known=found.known)
    called = names(lost)
    return {
        "villages": sorted((known | place).values()),
        "without_rt": [
            (called.get(one, one), whole(n)) for one, n in sorted(lost.items())
        ],
    }


def _guidance(on: date) -> dict[str, Any]:
    version = in_force(Kind.RT_ZONE, on)
    return {
        "guidance": version,
        "bands": present.bands(version.body if version else None),
    }
