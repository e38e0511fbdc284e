"""The home of staff: what waits for them, how pressing it is, what waits for others."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.wording import long_day
from smartkampung.web.aid_staff.kinds import PERMISSIONS, label_of, url_of
from smartkampung.web.aid_staff.present import Part, where
from smartkampung.web.isolation_arrival.looks import people_of_work
from smartkampung.web.menu import DESK, has_desk, start_of
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people import areas
from smartkampung.web.people.forms import AreaForm
from smartkampung.worklist import queries
from smartkampung.worklist.queries import Bucket

PAGE_SIZE = 25
SHOWN = {bucket.value: bucket for bucket in Bucket}
OTHERS = "others"
AREA = (*PERMISSIONS, Permission.REPORT_VIEW)


@staff_page(Permission.DESK)
def home(request: StaffRequest) -> HttpResponse:
    """Show the board and one of its lists; who has no work starts with what they may see."""
    if not has_desk(request.actor):
        start = start_of(request.actor)
        return (
            redirect(start)
            if start != DESK
            else render(request, "aid_staff/no_work.html")
        )
    at = queries.moments(now())
    mine = queries.work_for(request.actor, PERMISSIONS)
    others = queries.waiting_on_others_for(
        request.actor, seen_by=Permission.REPORT_VIEW, permissions=PERMISSIONS
    )
    places = areas.choices(request.actor, AREA)
    form = AreaForm(request.GET, areas=places)
    if area := form.chosen:
        mine, others = queries.inside(mine, area), queries.inside(others, area)
    counted = queries.counts(mine, at)
    asked = request.GET.get("show", "")
    bucket = SHOWN.get(asked)
    rows = others if asked == OTHERS else mine
    if bucket:
        rows = rows.filter(at.test(bucket))
    kinds = queries.counts_by_kind(rows)
    kind = request.GET.get("kind", "")
    page = Paginator(rows.filter(kind=kind) if kind in kinds else rows, PAGE_SIZE)
    return render(
        request,
        "aid_staff/home.html",
        {
            "numbers": _numbers(counted, others.count(), area),
            "total": sum(counted.values()),
            "kinds": _kind_links(kinds, asked, kind, area),
            "narrow": form if places else None,
            "kept": {"show": asked, "kind": kind},
            "page": (listed := page.get_page(request.GET.get("page"))),
            "items": _items(request.actor, listed),
            "query": _query(asked, kind, area) + "&",
            "title": _title(asked),
        },
    )


def _query(show: str, kind: str = "", area: str = "") -> str:
    return "?" + urlencode({"show": show, "kind": kind, "area": area})


def _title(asked: str) -> str:
    return {
        Bucket.STUCK.value: _("Stuck for more than three days"),
        Bucket.OVERDUE.value: _("Past the date"),
        Bucket.TODAY.value: _("Due today"),
        Bucket.LATER.value: _("Due later"),
        OTHERS: _("Waiting for others"),
    }.get(asked, _("Everything that waits for you"))


def _numbers(counted: Any, others: int, area: str) -> list[Part]:
    looks = {
        Bucket.STUCK: ("late", _("stuck for more than three days"), _("stuck")),
        Bucket.OVERDUE: ("late", _("past the date"), _("late")),
        Bucket.TODAY: ("wait", _("due today"), _("today")),
        Bucket.LATER: ("ok", _("due later"), ""),
    }
    parts = [
        {
            "value": counted[bucket],
            "meaning": meaning,
            "tag": tag if counted[bucket] else "",
            "state": state,
            "url": _query(bucket.value, area=area),
        }
        for bucket, (state, meaning, tag) in looks.items()
    ]
    waiting = {
        "value": others,
        "meaning": _("in your area, waiting for others"),
        "url": _query(OTHERS, area=area),
    }
    return [*parts, waiting]


def _kind_links(kinds: Any, asked: str, chosen: str, area: str) -> list[Part]:
    return [
        {
            "text": label_of(kind),
            "count": count,
            "url": _query(asked, kind, area),
            "current": kind == chosen,
        }
        for kind, count in sorted(kinds.items())
    ]


def _items(actor: Actor, page: Page[Any]) -> list[Part]:
    rows = list(page)
    places = where({row.region_code for row in rows})
    about = people_of_work(actor, rows)
    at = now()
    return [
        {
            "title": label_of(row.kind),
            "who": about.get(row.target, ""),
            "place": places[row.region_code],
            "url": url_of(row.kind, row.target),
            "number": row.target.rpartition(":")[2].partition("-")[0],
            "due": long_day(row.due_at),
            "late": row.due_at < at,
            "urgent": row.urgent,
        }
        for row in rows
    ]
