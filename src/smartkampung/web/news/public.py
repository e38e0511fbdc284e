"""The news of a village, for everybody."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.frontline.voice.queries import announcements as queries
from smartkampung.web.news import present
from smartkampung.web.news.files import file_answer
from smartkampung.web.pages import public_page
from smartkampung.web.places import village_choices

PAGE_SIZE = 15


@public_page()
def archive(request: HttpRequest) -> HttpResponse:
    """Show what offices told residents: everywhere, or to one village."""
    villages = village_choices()
    known = {code for _kecamatan, those in villages for code, _name in those}
    village = request.GET.get("village", "")
    village = village if village in known else ""
    rows = queries.public_announcements(village=village)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    cards = present.cards(page, lambda row: reverse("news_public:one", args=[row.pk]))
    context = {
        "villages": villages,
        "village": village,
        "place": present.places_of([village])[village] if village else "",
        "page": page,
        "query": f"?{urlencode({'village': village})}&" if village else "?",
        "cards": [_without_words(card) for card in cards],
    }
    return render(request, "news/archive.html", context)


@public_page()
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one announcement as residents read it: who speaks is an office.

    Of a withdrawn one only that it was, and why: perhaps it named somebody.
    """
    row = queries.public_announcement(pk)
    context = {
        "row": row,
        "told": _without_words(present.announcement(row)),
        "files": present.public_files(queries.public_attachments_of(row)),
    }
    status = 410 if row.withdrawn_at else 200
    return render(request, "news/public.html", context, status=status)


@public_page()
def attachment(request: HttpRequest, pk: int, file_id: int) -> HttpResponse:
    """Return a photo or PDF of an announcement that everybody may read."""
    row = queries.public_announcement(pk)
    return file_answer(
        get_object_or_404(queries.public_attachments_of(row), pk=file_id)
    )


def _without_words(part: present.Part) -> present.Part:
    """Return it as it is, or without title and text when it was withdrawn."""
    gone = {"title": _("Withdrawn"), "body": ""}
    if part["danger"]:
        gone["title"] = _("A warning that does not hold any more")
    return part | gone if part["withdrawn"] else part
