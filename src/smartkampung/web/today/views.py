"""What applies in my village today, for everybody; a minute old at most.

What is remembered carries a stamp of phases, pauses and guidance, so that what changed
of these is seen with the next page, in every process. Names, lists of RTs and the
colour of an RT are not in it: these are as old as the page says.
"""

from datetime import timedelta
from typing import Any

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.documents.pdf import compile_pdf
from smartkampung.documents.qr import qr_svg
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.wording import long_day
from smartkampung.regions import queries as regions
from smartkampung.reopening.pilots.queries.changes import stamp_of
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.today import present

CACHE, REMEMBERED_SECONDS = "today", 60
VILLAGE_DEPTH, RT_DEPTH = 3, 5
LONGEST = 30
POSTERS = Limit("today.posters", 60, timedelta(minutes=10))


@public_page()
def door(request: HttpRequest) -> HttpResponse:
    """Ask for the kecamatan, then for the village; a village leads to its page."""
    here = regions.regency()
    chosen, village = request.GET.get("kecamatan", ""), request.GET.get("village", "")
    if village and _known(village):
        return redirect("today:place", village)
    kecamatan = sorted(
        ((row.code, row.name) for row in regions.kecamatan_of(here.code))
        if here
        else [],
        key=lambda one: one[1],
    )
    name = dict(kecamatan).get(chosen, "")
    villages = regions.villages_of(chosen) if name else []
    context = {
        "kecamatan": kecamatan,
        "chosen": chosen,
        "name": name,
        "villages": sorted(((v.code, v.name) for v in villages), key=lambda v: v[1]),
        "unknown": bool(chosen) and not name,
    }
    status = 422 if context["unknown"] else 200
    return render(request, "today/door.html", context, status=status)


@public_page()
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show what applies in a village or RT now."""
    rt = request.GET.get("rt", "")
    if rt.startswith(f"{code}.") and _known(rt):
        return redirect("today:place", rt)
    key = f"{get_language()}:{today()}:{code[:LONGEST]}:{stamp_of(code[:LONGEST])}"
    kept = caches[CACHE].get(key)
    if kept is None:
        told = _told_or_404(code)
        kept = render_to_string("today/_place.html", told), told["at"]
        caches[CACHE].set(key, kept, REMEMBERED_SECONDS)
    body, at = kept
    return render(request, "today/place.html", {"body": body, "at": at})


@limited(address=POSTERS)
@public_page()
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """Return the same on one sheet to hang up, with a QR code to the newest."""
    told = _told_or_404(code)
    if not told["decided"]:
        raise Http404
    here = regions.regency()
    link = present.link_of(code)
    data = {
        "lang": (get_language() or "id")[:2],
        "title": present.title_of(told),
        "regency": here.name if here else "",
        "foot": _("Printed on %(day)s") % {"day": long_day(told["on"])},
        "where": _where(told, here.name if here else ""),
        "phase_label": _("Phase"),
        "phase": told["phase"],
        "since": "" if told["paused"] else _since(told),
        "paused_label": _("Paused"),
        "paused": _paused(told),
        "reason_label": _("Why"),
        "reason": told["reason"],
        "until": _("Holds until it changes. Scan for the newest."),
        "zone_label": _("Zone of this RT"),
        "zone": _poster_zone(told),
        "zone_state": (told["zone"] or {}).get("state", ""),
        "asks_label": _("What this colour asks"),
        "asks": (told["zone"] or {}).get("asks", []),
        "asks_reference": (told["zone"] or {}).get("reference", ""),
        "gathering_label": _("Gatherings"),
        "gathering": _gathering(told["gathering"]),
        "rows": present.poster_of(told),
        "reference": told["reference"],
        "verified": "" if told["verified"] else _("Not yet confirmed by an official."),
        "qr": str(qr_svg(link)),
        "link": link,
    }
    at = told["at"].replace(hour=0, minute=0, second=0, microsecond=0)
    content = compile_pdf("today", data, at=at)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="today.pdf"'
    return response


def _poster_zone(told: dict[str, Any]) -> str:
    zone = told["zone"]
    if zone is None:
        return ""
    if not zone["known"]:
        return _("The colour of this RT cannot be decided today.")
    return str(zone["word"])


def _where(told: dict[str, Any], regency: str) -> str:
    kecamatan = _("Kecamatan %(name)s") % {"name": told["kecamatan"]}
    return f"{kecamatan}, {regency}" if regency else kecamatan


def _since(told: dict[str, Any]) -> str:
    if told["since"] is None:
        return ""
    return _(", since %(day)s") % {"day": long_day(told["since"])}


def _paused(told: dict[str, Any]) -> str:
    if not told["paused"]:
        return ""
    return _("since %(day)s; the strictest phase applies") % {
        "day": long_day(told["since"])
    }


def _gathering(most: int | None) -> str:
    if most is None:
        return _("not set yet for this phase; keep distance")
    return _("At most %(most)s people may come together.") % {"most": most}


def _told_or_404(code: str) -> dict[str, Any]:
    if not _known(code):
        raise Http404
    return present.applies(code, at=now())


def _known(code: str) -> bool:
    """Say whether a code names a village or an RT; asked of names that are remembered."""
    if len(code) > LONGEST or code.count(".") not in {VILLAGE_DEPTH, RT_DEPTH}:
        return False
    return code in regions.names([code])
