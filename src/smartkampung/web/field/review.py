"""Colleagues look at field work that was not taken by itself: late, refused, unreadable.

Two doors to the same page: what tells about health, or may, is for health workers.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission as P
from smartkampung.frontline.field.actions.mending import may_go_back, send_back
from smartkampung.frontline.field.actions.reviewing import let_count, set_aside
from smartkampung.frontline.field.queries.photos import kept_photos, second_photo
from smartkampung.frontline.field.queries.records import (
    decided_for,
    ended_phones_for,
    record_for,
    sent_back_for,
    waiting_for,
)
from smartkampung.frontline.field.queries.showing import (
    corrected_in,
    in_words,
    lines_of,
    shown,
    title_of,
    to_correct,
    whom,
)
from smartkampung.frontline.field.rules.arriving import DECIDABLE, WAITING
from smartkampung.frontline.field.rules.reading import Question, Type
from smartkampung.frontline.field.words import REASONS, STATES, reworded
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.web.aid_staff.present import where
from smartkampung.web.free_text import no_card_number
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.photos import photo_answer

FORM = ("GET", "HEAD", "POST")
A_PAGE = 25
DECIDED = 10
RIGHT = "right_"


class DecideForm(forms.Form):
    """Whether it counts, and why not."""

    answer = forms.ChoiceField(
        label=gettext_lazy("What do you decide?"),
        choices=[
            ("count", gettext_lazy("It counts, as the work of who did it")),
            ("correct", gettext_lazy("It counts with the right answers below")),
            ("back", gettext_lazy("Send it back, to be put right by who filled it in")),
            ("aside", gettext_lazy("It does not count: set it aside")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you decide.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy(
            "Needed when it is sent back, set aside or corrected. Who did the work reads"
            " it."
        ),
        max_length=300,
        required=False,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        wrong: Sequence[Question] = (),
        back: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.wrong = [one.name for one in wrong]
        answer: Any = self.fields["answer"]
        without = {"correct": not wrong, "back": not back}
        answer.choices = [one for one in answer.choices if not without.get(one[0])]
        for one in wrong:
            self.fields[f"{RIGHT}{one.name}"] = forms.CharField(
                label=_("Right answer: %(question)s")
                % {"question": in_words(one.label)},
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs=attributes(one)),
            )
        self.order_fields(
            ["answer", *(f"{RIGHT}{name}" for name in self.wrong), "note"]
        )

    @property
    def instead(self) -> dict[str, Any]:
        """Return the right answers that were typed."""
        if self.cleaned_data["answer"] != "correct":
            return {}
        typed = {name: self.cleaned_data[f"{RIGHT}{name}"] for name in self.wrong}
        return {name: text for name, text in typed.items() if text}

    def clean(self) -> dict[str, Any]:
        """Ask why something is set aside or corrected."""
        given = super().clean() or self.cleaned_data
        if given.get("answer") == "correct" and not given.get("note"):
            self.add_error("note", _("Write how you know the right answer."))
        if given.get("answer") == "correct" and not self.instead:
            self.add_error(f"{RIGHT}{self.wrong[0]}", _("Type the right answer."))
        if given.get("answer") == "back" and not given.get("note"):
            self.add_error("note", _("Write what is to be put right."))
        if given.get("answer") == "aside" and not given.get("note"):
            self.add_error("note", _("Write why it does not count."))
        return given


def attributes(question: Question) -> dict[str, str]:
    """Return how an answer is typed."""
    if question.type is Type.DATE:
        return {"type": "date", "autocomplete": "off"}
    digits = question.format is not None or question.type is Type.NUMBER
    return {"autocomplete": "off", **({"inputmode": "numeric"} if digits else {})}


@staff_page(P.FIELD_REVIEW)
def reviews(request: StaffRequest) -> HttpResponse:
    """List what waits for a colleague."""
    return _list(request, health=False)


@staff_page(P.ISOLATION_HEALTH_VIEW)
def health_reviews(request: StaffRequest) -> HttpResponse:
    """List what waits for a health worker."""
    return _list(request, health=True)


@staff_page(P.FIELD_REVIEW, *FORM)
def review(request: StaffRequest, record_id: int) -> HttpResponse:
    """Show one record and take the decision about it."""
    return _one(request, record_id, health=False)


@staff_page(P.ISOLATION_HEALTH_VIEW, *FORM)
def health_review(request: StaffRequest, record_id: int) -> HttpResponse:
    """Show one record that tells about health, and take the decision about it."""
    return _one(request, record_id, health=True)


@staff_page(P.FIELD_REVIEW)
def photo(request: StaffRequest, record_id: int, photo_id: uuid.UUID) -> HttpResponse:
    """Send a photo that belongs to a record."""
    row = record_for(request.actor, record_id, health=False)
    paths = {**kept_photos(row.staff_id, row.photos), **second_photo(row)}
    if photo_id not in paths:
        raise Http404
    whom(row, request.actor)
    return photo_answer(paths[photo_id])


def _list(request: StaffRequest, *, health: bool) -> HttpResponse:
    actor = request.actor
    waiting = waiting_for(actor, health=health)
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [worded(row) for row in page],
        "decided": [worded(row) for row in decided_for(actor, health=health)[:DECIDED]],
        "returned": [
            worded(row) for row in sent_back_for(actor, health=health)[:A_PAGE]
        ],
        "phones": ended_phones_for(actor, health=health),
        "phone": "field:phone_health" if health else "field:phone",
        "one": "field:review_health" if health else "field:review",
        "health": health,
    }
    return render(request, "field/reviews.html", context)


def worded(row: Any) -> dict[str, Any]:
    """Return a record and, in words, what it is, where it stands and why it waits."""
    words, colour = STATES[row.state]
    why, told = REASONS.get(row.code), reworded(row.words)
    return {
        "row": row,
        "kind": title_of(row),
        "state": {"text": words, "state": colour},
        "why": str(why) if why else either(told.get("id", ""), told.get("en", "")),
    }


def _one(request: StaffRequest, record_id: int, *, health: bool) -> HttpResponse:
    row = record_for(request.actor, record_id, health=health)
    options: dict[str, Any] = {
        "wrong": to_correct(row, request.actor, at=now()),
        "back": row.state in WAITING and may_go_back(row, request.actor, at=now()),
    }
    if request.method != "POST":
        return _page(request, row, DecideForm(**options), health=health)
    form = DecideForm(request.POST, **options)
    if not form.is_valid():
        return _page(request, row, form, health=health, status=422)
    given = {"row": row, "note": form.cleaned_data["note"], "by": request.actor}
    try:
        said = _decided(form, given)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, row, form, health=health, status=409)
    messages.success(request, said, "ok")
    return redirect("field:health_reviews" if health else "field:reviews")


def _decided(form: DecideForm, given: dict[str, Any]) -> str:
    """Do what was decided; return what to say."""
    answer = form.cleaned_data["answer"]
    if answer == "aside":
        set_aside(**given, at=now())
        return _("It is set aside.")
    if answer == "back":
        send_back(**given, at=now())
        return _("It is on the list of who filled it in now.")
    code = let_count(**given, instead=form.instead, at=now())
    if code:
        words = _("It counts. Give this code to the person: %(code)s")
        return words % {"code": code}
    return _("It counts now.")


def _page(
    request: StaffRequest,
    row: Any,
    form: DecideForm,
    *,
    health: bool,
    status: int = 200,
) -> HttpResponse:
    actor, at = request.actor, now()
    # By its own words where another came first: side by side they are compared.
    first = lines_of(row.first, actor, at=at) if row.first else []
    earlier = {line.name: line.value for line in first}
    found = shown(row, actor, at=at)
    photos = {**kept_photos(row.staff_id, row.photos), **second_photo(row)}
    context = {
        **worded(row),
        "shown": found,
        "lines": [
            (line, earlier.get(line.name, "–") if row.first else "")
            for line in found.lines
        ],
        "first": row.first,
        "corrected": corrected_in(row, actor, at=at),
        "photos": [] if health else list(photos),
        "missing": len([one for one in row.photos if one not in photos]),
        "place": where([row.region_code])[row.region_code],
        "clock_off": abs(row.clock_off_s or 0) // 60,
        "waits": row.state in DECIDABLE,
        "own": row.staff_id == actor.staff_id,
        "form": form,
        "list": "field:health_reviews" if health else "field:reviews",
    }
    return render(request, "field/review.html", context, status=status)
