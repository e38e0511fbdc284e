"""Writing the next wording with a preview beside it, and confirming one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from smartkampung.accounts.queries.people import full_names
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.letters.catalogue import actions, queries
from smartkampung.letters.catalogue.drawing import render_draft, sample_facts
from smartkampung.letters.catalogue.rules.markup import MarkupFault
from smartkampung.letters.catalogue.rules.reading import check, data_of, kind_of
from smartkampung.letters.catalogue.rules.wording import Wording, digest
from smartkampung.letters.catalogue.shipped import shipped
from smartkampung.letters.catalogue.words import LESS, fault_words, kind_fault_words
from smartkampung.regions.queries import names
from smartkampung.web.letters_kinds import present, rows
from smartkampung.web.letters_kinds.forms import PaperRows, QuestionRows, WordingForm
from smartkampung.web.letters_kinds.reading import (
    CONFIRM,
    WRITE,
    may_confirm,
    start_of,
    version_words,
)
from smartkampung.web.pages import StaffRequest, staff_page

_WRITTEN = lazy("Written down. It does not hold until somebody else confirms it.")


class Draft:
    """What somebody is writing: the form, its rows, and what is wrong with it."""

    def __init__(self, request: StaffRequest, start: Wording) -> None:
        sent = request.POST if request.method == "POST" else None
        self.start = start
        places = names(request.actor.regions_where(WRITE))
        self.form = WordingForm(
            sent, kind=start.kind, places=sorted(places.items(), key=lambda p: p[0])
        )
        self.papers = PaperRows(
            sent, prefix="paper", initial=rows.paper_rows(start.kind)
        )
        self.questions = QuestionRows(
            sent, prefix="question", initial=rows.question_rows(start.kind)
        )
        valid = [
            one.is_valid() for one in (self.form, self.papers, self.questions) if sent
        ]
        self.valid = bool(valid) and all(valid)
        self.body = self._body() if sent else data_of(start.kind)
        self.checked = check(kind_of(self.body))

    def _body(self) -> dict[str, Any]:
        given = getattr(self.form, "cleaned_data", {})
        texts = {
            name: self.form.data.get(name, "")
            for name in ("body_id", "body_en", "title_id", "title_en")
        }
        return rows.body_of(
            self.start.kind,
            texts | given,
            [getattr(one, "cleaned_data", {}) for one in self.papers],
            [getattr(one, "cleaned_data", {}) for one in self.questions],
        )

    @property
    def wording(self) -> Wording:
        """Return what is being written, to be drawn."""
        return Wording(self.checked.kind, digest(self.body))

    @property
    def faults(self) -> list[dict[str, str]]:
        """Return what is wrong, each with the box where it stands."""
        found = [
            {"box": "", "words": kind_fault_words(one)} for one in self.checked.found
        ]
        for lang, faults in self.checked.bodies.items():
            found += [_fault(lang, one) for one in faults]
        return found


def _fault(lang: str, fault: MarkupFault) -> dict[str, str]:
    name = _("Indonesian") if lang == "id" else _("English")
    return {"box": f"id_body_{lang}", "words": f"{name}. {fault_words(fault)}"}


@staff_page(WRITE, "GET", "HEAD", "POST")
def write(request: StaffRequest, kind: str) -> HttpResponse:
    """Write the next version of a letter; try it out as often as one likes."""
    asked = request.GET.get
    start = start_of(request.actor, kind, asked("from", ""), asked("like", ""))
    draft = Draft(request, start)
    action = request.POST.get("action", "")
    if request.method != "POST" or action == "look":
        return _page(request, draft)
    if action == "pdf" and not draft.faults:
        return _pdf(draft, request.POST.get("lang", "id"))
    if not draft.valid or draft.faults:
        return _page(request, draft, status=422)
    return _send(request, draft)


def _send(request: StaffRequest, draft: Draft) -> HttpResponse:
    given = draft.form.cleaned_data
    try:
        actions.write_wording(
            body=draft.body,
            region_code=given["region"],
            holds_from=given["holds_from"],
            note=given["note"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        draft.form.add_error(None, str(refusal.message))
        return _page(request, draft, status=409)
    messages.success(request, str(_WRITTEN), "ok")
    return redirect("letters_templates:kind", draft.start.kind.code)


def _page(request: StaffRequest, draft: Draft, *, status: int = 200) -> HttpResponse:
    faults = draft.faults
    lang = request.POST.get("lang", "id")
    wording = draft.wording
    context = {
        "kind": draft.start.kind,
        "start": version_words(draft.start),
        "form": draft.form,
        "papers": draft.papers,
        "questions": draft.questions,
        "faults": faults,
        "lang": wording.language(lang) if not faults else lang,
        "languages": wording.kind.languages,
        "pictures": [] if faults else present.pictures(wording, lang, now()),
        "groups": present.field_groups(wording),
    }
    # The picture beside the text is renewed while one types.
    if request.headers.get("HX-Target") == "preview":
        return render(request, "letters_kinds/_preview.html", context)
    return render(request, "letters_kinds/write.html", context, status=status)


def _pdf(draft: Draft, lang: str) -> HttpResponse:
    wording = draft.wording
    content = render_draft(wording, sample_facts(wording), lang=lang, at=now())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="draft.pdf"'
    return response


@staff_page(CONFIRM, "GET", "HEAD", "POST")
def confirm(request: StaffRequest, version: int) -> HttpResponse:
    """Read a version beside the one before it, and let it hold."""
    row = queries.version_for(request.actor, version)
    if row is None or not request.actor.may_in(CONFIRM, row.region_code):
        raise Http404
    if request.method == "POST":
        return _confirm(request, row)
    one = queries.wording_of(row)
    before = _before(row) or one
    context = {
        "row": row,
        "kind": one.kind,
        "by": full_names([row.written_by]).get(row.written_by, row.written_by),
        "place": names([row.region_code]).get(row.region_code, ""),
        "before": version_words(before),
        "lines": [x for x in present.compared(before.kind, one.kind) if x["differs"]],
        "texts": present.compared_texts(before.kind, one.kind),
        "pictures": [p for lang in one.kind.languages for p in _drawn(one, lang)],
        "may": may_confirm(request.actor, row),
        "less": [LESS[one] for one in queries.less_than_above(row)],
        "above": _above(row),
    }
    return render(request, "letters_kinds/confirm.html", context)


def _above(row: Any) -> str:
    """Return which place above has to confirm a version; empty for the own one."""
    place = queries.place_to_confirm(row)
    return "" if place == row.region_code else names([place]).get(place, place)


def _drawn(one: Wording, lang: str) -> list[str]:
    return present.pictures(one, lang, now())


def _before(row: Any) -> Wording | None:
    """Return what holds where a version would hold."""
    held = queries.wording_for(row.kind, row.region_code, row.holds_from)
    return held or shipped().get(row.kind)


def _confirm(request: StaffRequest, row: Any) -> HttpResponse:
    try:
        actions.confirm_wording(version_id=row.pk, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
    else:
        messages.success(request, _("Confirmed, in your name."), "ok")
    return redirect("letters_templates:kind", row.kind)
