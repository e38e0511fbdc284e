"""What one did in a month: on a page, and on paper to keep."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.documents.pdf import compile_pdf
from smartkampung.frontline.recognition.queries.months import done_by
from smartkampung.frontline.recognition.queries.thanks import of_month, thanks_for
from smartkampung.frontline.recognition.queries.weeks import named_lately
from smartkampung.frontline.recognition.rules.thanks import Sentence, Service
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.wording import moment, percent, whole
from smartkampung.regions.codes import level, village_of
from smartkampung.regions.queries import regency
from smartkampung.web.aid_staff.kinds import PERMISSIONS, label_of
from smartkampung.web.aid_staff.present import where
from smartkampung.web.core.drawing import bars
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.population.months import Month
from smartkampung.web.population.parts import month_words
from smartkampung.web.recognition.weeks import span
from smartkampung.web.recognition.words import SENTENCES, SERVICES
from smartkampung.worklist.queries import counts_by_kind, work_for

MONTHS_BACK, MOST_THANKS = 12, 60
VILLAGE_AND_BELOW = ("village", "rw", "rt")


@staff_page(Permission.DESK)
def month(request: StaffRequest) -> HttpResponse:
    """Show what the actor did in a month, thanks to their offices, and what waits."""
    asked = Month.asked(request.GET.get("month", ""), today=today())
    told = _told(request, asked)
    context = {
        **told,
        "month": str(asked),
        "title": month_words(asked),
        "months": [(str(one), month_words(one)) for one in _months()],
        "bars": bars([(name, n, whole(n), "", "") for name, n, _good in told["done"]]),
        "titles": [
            {"title": _("What")},
            {"title": _("Done"), "number": True},
            {"title": _("On time"), "number": True},
        ],
        "rows": [_cells(*line) for line in told["done"]],
    }
    return render(request, "recognition/month.html", context)


@staff_page(Permission.DESK)
def month_pdf(request: StaffRequest) -> HttpResponse:
    """Return the month as a PDF of one or two pages of A4."""
    asked = Month.asked(request.GET.get("month", ""), today=today())
    told, at, here = _told(request, asked), now(), regency()
    name = request.user.full_name  # type: ignore[union-attr]  # staff by then
    data = {
        "lang": (get_language() or "id")[:2],
        "title": _("My month of service: %(month)s") % {"month": month_words(asked)},
        "regency": here.name if here else "",
        "foot": _("Printed %(moment)s by %(name)s")
        % {"moment": moment(at), "name": name},
        "name": name,
        "offices": told["offices"],
        "numbers": [
            [whole(told["total"]), _("things done")],
            [told["in_time"] or "–", _("of them on time")],
            [whole(told["thanked"]), _("thanks to your offices")],
        ],
        "done_title": _("What you did"),
        "done": [[n, whole(count), whole(good)] for n, count, good in told["done"]],
        "heads": [_("What"), _("Done"), _("On time")],
        "nothing": _("Nothing was closed in this month."),
        "thanks_title": _("Thanks from residents"),
        "thanks": [[str(words), str(service)] for words, service in told["thanks"]],
        "no_thanks": _("No thanks came in this month."),
        "named": told["named"],
        "named_title": _("Your village was named"),
        "waits_title": _("What waits now"),
        "waits": [[name, whole(count)] for name, count, _url in told["waits"]],
        "no_waits": _("Nothing waits."),
    }
    content = compile_pdf("month", data, at=at)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{asked}.pdf"'
    return response


def _told(request: StaffRequest, asked: Month) -> dict[str, Any]:
    actor = request.actor
    done = done_by(actor.username, asked.first)
    total = sum(count for count, _good in done.values())
    good = sum(good for _count, good in done.values())
    thanks = of_month(thanks_for(actor), asked.first)
    return {
        "offices": _offices(actor),
        "done": _done(done),
        "total": total,
        "in_time": percent(100 * good / total) if total else "",
        "thanked": thanks.count(),
        "thanks": [
            (_said(row), SERVICES[Service(row.service)]) for row in thanks[:MOST_THANKS]
        ],
        "waits": _waits(actor),
        "named": _named(actor),
    }


def _done(done: Mapping[str, tuple[int, int]]) -> list[tuple[str, int, int]]:
    rows = [(label_of(kind), count, good) for kind, (count, good) in done.items()]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _cells(name: str, count: int, good: int) -> list[dict[str, Any]]:
    return [
        {"text": name},
        {"text": whole(count), "number": True, "label": _("Done")},
        {"text": whole(good), "number": True, "label": _("On time")},
    ]


def _waits(actor: Any) -> list[tuple[str, int, str]]:
    counted = counts_by_kind(work_for(actor, PERMISSIONS))
    rows = [(label_of(kind), count, f"?kind={kind}") for kind, count in counted.items()]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _said(row: Any) -> str:
    sentence = Sentence(row.sentence)
    return row.words if sentence is Sentence.OWN else str(SENTENCES[sentence])


def _offices(actor: Any) -> str:
    places = where(actor.regions_where(Permission.DESK))
    return ", ".join(sorted(filter(None, places.values()))[:6])


def _named(actor: Any) -> list[str]:
    """Return the weeks for which the actor's villages were named."""
    regions = actor.regions_where(Permission.DESK)
    villages = {
        village_of(code) for code in regions if level(code) in VILLAGE_AND_BELOW
    }
    return [
        span(one.week.monday) for code in sorted(villages) for one in named_lately(code)
    ]


def _months() -> list[Month]:
    found = [Month(today().year, today().month)]
    for _month in range(MONTHS_BACK - 1):
        found.append(found[-1].before)
    return found
