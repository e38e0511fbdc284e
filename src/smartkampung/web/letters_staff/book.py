"""The register book of a village or kecamatan: every number of a year, and its letter."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import today
from smartkampung.kernel.wording import whole
from smartkampung.letters.requests.actions.book import take_book
from smartkampung.letters.requests.queries.letters import (
    BookLine,
    lines_of_book,
    register_for,
    yearly,
    years_of_book,
)
from smartkampung.letters.service.queries import searched
from smartkampung.letters.service.writing import as_csv, as_workbook
from smartkampung.regions.codes import level
from smartkampung.regions.queries import kecamatan_of, names, villages_of
from smartkampung.web.core.drawing import bars
from smartkampung.web.letters_staff.present import title_of
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.typed import row_id

BOOK = Permission.LETTER_REGISTER
PAGE_SIZE = 50
FILES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
STANDING: dict[str, tuple[str, Promise]] = {
    "valid": ("ok", gettext_lazy("in force")),
    "waiting": ("wait", gettext_lazy("waits for the kecamatan")),
    "revoked": ("late", gettext_lazy("revoked")),
    "replaced": ("off", gettext_lazy("replaced")),
    "void": ("off", gettext_lazy("void")),
}
TITLES = (
    gettext_lazy("Number"),
    gettext_lazy("Day"),
    gettext_lazy("Letter"),
    gettext_lazy("Signed by"),
    gettext_lazy("Standing"),
    gettext_lazy("Why it is void"),
)


@staff_page(BOOK)
def book(request: StaffRequest) -> HttpResponse:
    """Lead to the only book of the reader, or offer the choice."""
    regions = request.actor.regions_where(BOOK)
    rows = [row for code in regions for row in kecamatan_of(code)]
    rows += villages_of(*regions)
    wanted = request.GET.get("village", "")
    codes = [row.code for row in rows]
    if wanted in codes:
        return redirect("letters_staff:book_of", wanted)
    if len(codes) == 1:
        return redirect("letters_staff:book_of", codes[0])
    villages = [{"code": row.code, "name": _called(row.code, row.name)} for row in rows]
    return render(request, "letters_staff/books.html", {"villages": villages})


@staff_page(BOOK)
def book_of(request: StaffRequest, code: str) -> HttpResponse:
    """Show one year of the book of a village, with a search and the sums of the year."""
    _require(request, code)
    year, words = _year(request), request.GET.get("q", "")[:80]
    rows = searched(register_for(request.actor, code, year), words)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    years = sorted({*years_of_book(code), year, today().year}, reverse=True)
    context = {
        "code": code,
        "name": _called(code, names([code]).get(code, code)),
        "year": year,
        "words": words,
        "years": years,
        "page": page,
        "items": [_item(line) for line in lines_of_book(request.actor, page)],
        "query": "?" + urlencode({"year": year, "q": words}) + "&",
        **_sums(request, code, year),
    }
    return render(request, "letters_staff/book.html", context)


@staff_page(BOOK)
def export(request: StaffRequest, code: str, form: str) -> HttpResponse:
    """Send a year of the book as a file, in the order of the numbers, without names."""
    _require(request, code)
    if form not in FILES:
        raise Http404
    year = _year(request)
    taken = take_book(village_code=code, year=year, by=request.actor)
    rows = [_cells(line) for line in taken]
    titles = [str(title) for title in TITLES]
    name = f"agenda-{code}-{year}"
    content = (
        as_csv(titles, rows)
        if form == "csv"
        else as_workbook(f"Agenda {year}", titles, rows)
    )
    response = HttpResponse(content, content_type=FILES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _require(request: StaffRequest, code: str) -> None:
    """Answer 404 for what is no village, and no kecamatan, of the reader."""
    known = code.count(".") in (2, 3)
    if not known or not request.actor.may_in(BOOK, code) or not names([code]):
        raise Http404


def _called(code: str, name: str) -> str:
    return f"Kecamatan {name}" if level(code) == "kecamatan" else name


def _year(request: StaffRequest) -> int:
    asked = row_id(request.GET.get("year", "")) or 0
    return asked if date.min.year < asked < date.max.year else today().year


def _item(line: BookLine) -> dict[str, Any]:
    state, words = STANDING[line.standing]
    return {
        "number": line.entry.text,
        "on": line.entry.on,
        "kind": title_of(line.entry.kind),
        "name": line.name,
        "why": line.entry.voided_why,
        "signer": line.signer,
        "request": line.letter.request_id if line.letter else None,
        "tag": {"state": state, "text": words},
    }


def _cells(line: BookLine) -> list[str]:
    item = _item(line)
    return [
        item["number"],
        item["on"].isoformat(),
        item["kind"],
        item["signer"],
        str(item["tag"]["text"]),
        item["why"],
    ]


def _sums(request: StaffRequest, code: str, year: int) -> dict[str, Any]:
    found = [row for row in yearly(request.actor, year) if row[0] == code]
    lines = sorted(
        ((title_of(kind), count, void) for _code, kind, count, void in found),
        key=lambda line: -line[1],
    )
    titles = [_("Letter"), _("Numbers given"), _("Void")]
    return {
        "bars": bars([(t, n, whole(n), "", "") for t, n, _v in lines[:10]]),
        "columns": [{"title": one, "number": at > 0} for at, one in enumerate(titles)],
        "rows": [
            [
                {"text": title},
                {"text": whole(count), "label": titles[1], "number": True},
                {"text": whole(void), "label": titles[2], "number": True},
            ]
            for title, count, void in lines
        ],
    }
