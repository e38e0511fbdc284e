"""The home of staff: what waits for them, how pressing it is, what waits for others."""

from datetime import datetime
from itertools import groupby
from typing import Any, cast
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.covers import covers_of
from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.frontline.today.queries.board import Stop, Walk, board_of
from smartkampung.frontline.today.rules import Rank
from smartkampung.isolation.arrival.queries.parties import expected_for
from smartkampung.isolation.monitoring.queries import due_now, later_today
from smartkampung.kernel.clock import now
from smartkampung.web.aid_staff.kinds import PERMISSIONS, label_of, url_of
from smartkampung.web.aid_staff.present import Part, where
from smartkampung.web.aid_staff.subjects import subjects_of_work
from smartkampung.web.frontline.clocks import clock
from smartkampung.web.isolation_arrival.looks import people_of_work
from smartkampung.web.menu import DESK, has_desk, start_of
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people import areas
from smartkampung.web.people.forms import AreaForm
from smartkampung.worklist import queries
from smartkampung.worklist.queries import Bucket

PAGE_SIZE = 25
SHOWN = {bucket.value: bucket for bucket in Bucket}
OTHERS, COLLEAGUES = "others", "given"
RANKS = {
    Rank.URGENT: _lazy("Urgent"),
    Rank.LATE: _lazy("Past the date"),
    Rank.TODAY: _lazy("Due today"),
    Rank.LATER: _lazy("Due later"),
}
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
    places = areas.choices(request.actor, AREA)
    form = AreaForm(request.GET, areas=places)
    area = form.chosen
    asked = request.GET.get("show", "")
    lists = {
        name: queries.inside(rows, area) if area else rows
        for name, rows in _lists(request.actor).items()
    }
    mine = board_of(lists[""], at)
    elsewhere = {name: lists[name].count() for name in (OTHERS, COLLEAGUES)}
    board = board_of(lists[asked], at) if asked in elsewhere else mine
    board = board.narrowed(bucket=SHOWN.get(asked))
    kinds = board.counts_by_kind()
    kind = request.GET.get("kind", "")
    walk = board.narrowed(kind=kind if kind in kinds else "").walk()
    page: Paginator[Any] = Paginator(cast(Any, walk), PAGE_SIZE)
    return render(
        request,
        "aid_staff/home.html",
        {
            "numbers": _numbers(mine.counts(), elsewhere, area, asked),
            "total": mine.total,
            "covers": covers_of(request.actor, on=at.now.date()),
            "looks": _looks(request.actor, at.now),
            "coming": _coming(request.actor, at.now),
            "kinds": _kind_links(kinds, asked, kind, area),
            "narrow": form
            if places and (area or mine.total or any(elsewhere.values()))
            else None,
            "narrowed": bool(area or kind),
            "kept": {"show": asked, "kind": kind},
            "show": asked,
            "page": (listed := page.get_page(request.GET.get("page"))),
            "stops": _stops(request.actor, listed, walk),
            "query": _query(asked, kind, area) + "&",
            "title": _title(asked),
        },
    )


def _looks(actor: Actor, at: datetime) -> Part:
    """Return how many people are to be seen today by who has people in isolation."""
    if not actor.may(Permission.MONITORING_RECORD):
        return {}
    due = sum(not one.done for one in due_now(actor, at=at, mine=True))
    evening = len(later_today(actor, at=at, mine=True))
    return {"due": due, "evening": evening} if due or evening else {}


def _coming(actor: Actor, at: datetime) -> int:
    """Return how many parties are expected by who is told and lets nobody in."""
    told = actor.may(Permission.STAY_VIEW) and not actor.may(Permission.ARRIVAL_AWAIT)
    if not told:
        return 0
    return expected_for(actor, Permission.STAY_VIEW, today=at.date()).count()


def _lists(actor: Actor) -> dict[str, QuerySet[Any]]:
    others = queries.waiting_on_others_for(
        actor, seen_by=Permission.REPORT_VIEW, permissions=PERMISSIONS
    )
    return {
        "": queries.work_for(actor, PERMISSIONS),
        OTHERS: others,
        COLLEAGUES: queries.given_for(actor, PERMISSIONS),
    }


def _query(show: str, kind: str = "", area: str = "") -> str:
    return "?" + urlencode({"show": show, "kind": kind, "area": area})


def _title(asked: str) -> str:
    return {
        Bucket.STUCK.value: _("Stuck for more than three days"),
        Bucket.OVERDUE.value: _("Past the date"),
        Bucket.TODAY.value: _("Due today"),
        Bucket.LATER.value: _("Due later"),
        OTHERS: _("Waiting for others"),
        COLLEAGUES: _("Given to a colleague"),
    }.get(asked, _("Everything that waits for you"))


def _numbers(
    counted: Any, elsewhere: dict[str, int], area: str, asked: str
) -> list[Part]:
    """Return how much is how pressing, and elsewhere; nothing of what there is none."""
    meanings = {
        Bucket.STUCK.value: ("late", _("stuck")),
        Bucket.OVERDUE.value: ("late", _("late")),
        Bucket.TODAY.value: ("wait", _("today")),
        Bucket.LATER.value: ("", _("later")),
        OTHERS: ("", _("with others")),
        COLLEAGUES: ("", _("given to a colleague")),
    }
    numbers = {bucket.value: counted[bucket] for bucket in Bucket} | elsewhere
    parts = [
        {
            "name": name,
            "value": numbers[name],
            "meaning": meaning,
            "state": state,
            "url": _query(name, area=area),
            "current": name == asked,
        }
        for name, (state, meaning) in meanings.items()
        if numbers[name] or name == asked
    ]
    everything = {
        "name": "",
        "value": sum(counted.values()),
        "meaning": _("in all"),
        "state": "",
        "url": _query("", area=area),
        "current": False,
    }
    return [everything, *parts] if asked else parts


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


def _stops(actor: Actor, page: Page[Any], walk: Walk) -> list[Part]:
    """Return the items of a page place by place, each with how much waits there."""
    rows = list(page)
    places = where({row.region_code for row in rows})
    about = people_of_work(actor, rows)
    subjects = subjects_of_work(actor, rows)
    given = [row for row in rows if row.given_to]
    parties = {row.given_to for row in given} | {row.given_by for row in given}
    names = full_names(parties) if given else {}
    at = now()
    return [
        {
            "rank": RANKS[stop.rank],
            "place": places[stop.region] or _("The whole regency"),
            "number": walk.numbers[stop],
            "items": [_item(row, about, subjects, names, at) for row in inside],
        }
        for stop, inside in groupby(rows, lambda r: Stop(Rank(r.rank), r.region_code))
    ]


def _item(
    row: Any,
    about: dict[str, str],
    subjects: dict[str, str],
    names: dict[str, str],
    at: datetime,
) -> Part:
    return {
        "id": row.pk,
        "title": label_of(row.kind),
        # "Sign a letter: Certificate of Birth", and "Decide a claim Wayan Sudarma".
        "colon": row.target not in about and bool(subjects.get(row.target)),
        "who": about.get(row.target, "") or subjects.get(row.target, ""),
        "url": url_of(row.kind, row.target),
        "number": "" if row.target in about else _number(row.target, subjects),
        "clock": clock(row.due_at, at),
        "urgent": row.urgent,
        "given_to": names.get(row.given_to, "") if _is_given(row, at) else "",
        "given_by": names.get(row.given_by, ""),
    }


def _number(target: str, subjects: dict[str, str]) -> str:
    """Return the number by which people speak of an item; part of a long id for none."""
    key = target.rpartition(":")[2]
    return key if key.isdecimal() else "" if target in subjects else key[:8]


def _is_given(row: Any, at: datetime) -> bool:
    return row.given_until is not None and row.given_until > at
