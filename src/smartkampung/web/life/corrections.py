"""Corrections of a record: ask, see what waits, decide."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.residents import queries
from smartkampung.residents.actions.corrections import (
    CannotAsk,
    decide_correction,
    request_correction,
)
from smartkampung.residents.corrections.words import BARS, LABELS
from smartkampung.residents.queries.corrections import (
    correction_for,
    decided_corrections,
    evidence_for,
    waiting_corrections,
)
from smartkampung.residents.rules.corrections import (
    CODED,
    NEEDS_EVIDENCE,
    SEALED,
    Bar,
    Field,
    codes_of,
)
from smartkampung.web.aid_staff.photos import kept
from smartkampung.web.life import wishes
from smartkampung.web.life.fields import BROKEN, coded
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people.words import SEX
from smartkampung.web.photos import photo_answer

ASK, DECIDE = Permission.CORRECTION_ASK, Permission.CORRECTION_DECIDE
VIEW = Permission.CORRECTION_VIEW
ON_A_PAGE = 25
DONE = "done"
FIELD_OF = {
    Bar.EVIDENCE_MISSING: "evidence",
    Bar.EXPLANATION_TOO_SHORT: "explanation",
    Bar.NUMBER_IN_TEXT: "explanation",
}


class WishForm(forms.Form):
    """What the record should say, how one knows, and a photo of a document."""

    form_id = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": BROKEN, "invalid": BROKEN},
    )
    wanted = forms.CharField(
        max_length=200,
        error_messages={"required": gettext_lazy("Type what the record should say.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    explanation = forms.CharField(
        label=gettext_lazy("What is wrong, and how do you know?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = forms.FileField(
        label=gettext_lazy("Photo of a document"),
        required=False,
        help_text=gettext_lazy(
            "Such as the birth certificate, the KTP or the family card."
        ),
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/*", "capture": "environment"}
        ),
    )

    def __init__(self, *args: Any, field: Field, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("form_id", uuid.uuid4())
        super().__init__(*args, **kwargs)
        wanted = self.fields["wanted"]
        wanted.label = _("%(field)s as it should be") % {"field": LABELS[field]}
        choices = _choices(field)
        if choices:
            wanted.widget = forms.Select(choices=[("", _("Choose")), *choices])
        elif field in SEALED:
            wanted.widget.attrs |= {"inputmode": "numeric", "class": "code"}
        elif field is Field.BORN_ON:
            wanted.widget.attrs |= {"class": "short"}
            wanted.help_text = _("For example 12-04-1985.")
        self.fields["evidence"].required = field in NEEDS_EVIDENCE
        self.fields["evidence"].error_messages["required"] = str(
            BARS[Bar.EVIDENCE_MISSING]
        )


def _choices(field: Field) -> list[tuple[str, Any]]:
    if field is Field.SEX:
        return list(SEX.items())
    if field in CODED:
        wanted = {str(code) for code in codes_of(field)}
        return [choice for choice in coded(CODED[field]) if choice[0] in wanted]
    return []


class DecisionForm(forms.Form):
    """Yes, or no with the reason that the family reads."""

    accepted = forms.ChoiceField(
        label=gettext_lazy("Is the correction right?"),
        choices=[
            ("yes", gettext_lazy("Yes, correct the record")),
            ("no", gettext_lazy("No, leave the record as it is")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Needed when you refuse. The family reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@staff_page(VIEW)
def corrections(request: StaffRequest) -> HttpResponse:
    """List the wishes that wait, the one due first on top; or those decided."""
    done = request.GET.get("show") == DONE
    rows = decided_corrections(request.actor) if done else None
    waiting = waiting_corrections(request.actor)
    page = Paginator(waiting if rows is None else rows, ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    people = {wish.person_id: wish.person for wish in page}
    queries.note_looks(
        request.actor,
        people.values(),
        purpose="resident.corrections",
        permission=VIEW,
    )
    context = {
        "page": page,
        "items": wishes.lines(page, at=now()),
        "done": done,
        "query": f"?show={DONE}&" if done else "?",
        "waiting": waiting.count(),
    }
    return render(request, "life/corrections.html", context)


@staff_page(VIEW)
def correction(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a wish with its evidence, and the form to whoever decides."""
    return _page(request, correction_for(request.actor, pk), DecisionForm())


@staff_page(DECIDE, "POST")
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Accept a wish, or refuse it with a reason."""
    wish = correction_for(request.actor, pk, permission=DECIDE)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, wish, form, status=422)
    accepted = form.cleaned_data["accepted"] == "yes"
    try:
        decide_correction(
            wish=wish,
            accepted=accepted,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error("reason" if not accepted else None, str(refusal.message))
        return _page(request, wish, form, status=409)
    messages.success(request, _("Decided. The family's phone is told."), "ok")
    return redirect("life:corrections")


def _page(
    request: StaffRequest, wish: Any, form: DecisionForm, *, status: int = 200
) -> HttpResponse:
    mine = wish.asked_by == request.actor.username
    decides = request.actor.may_in(DECIDE, wish.region_code)
    context = {
        "wish": wish,
        "facts": wishes.facts(wish, at=now()),
        "form": form if decides and not mine and wish.state == "waiting" else None,
        "mine": mine and wish.state == "waiting",
        "label": LABELS[Field(wish.field)],
    }
    return render(request, "life/correction.html", context, status=status)


@staff_page(VIEW)
def evidence(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the photo of the document to those who may see the wish."""
    upload = evidence_for(request.actor, pk)
    return photo_answer(upload.path)


@staff_page(ASK)
def ask(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask which field of a person's record is wrong."""
    person = _person(request, pk)
    context = {"person": person, "fields": wishes.choices(request.actor, person)}
    return render(request, "life/ask.html", context)


@staff_page(ASK, "GET", "POST")
def ask_field(request: StaffRequest, pk: int, field: str) -> HttpResponse:
    """Ask that one field be corrected."""
    person = _person(request, pk)
    if field not in set(Field):
        raise Http404
    wrong = Field(field)
    if request.method != "POST":
        return _wish_page(request, person, wrong, WishForm(field=wrong))
    form = WishForm(request.POST, request.FILES, field=wrong)
    if not form.is_valid():
        return _wish_page(request, person, wrong, form, status=422)
    photo = kept(form, "evidence", person.region_code)
    if form.errors:
        return _wish_page(request, person, wrong, form, status=422)
    try:
        request_correction(
            person=person,
            field=wrong,
            evidence_id=photo,
            by=request.actor.username,
            at=now(),
            **form.cleaned_data,
        )
    except Refused as refusal:
        _add_refusal(form, refusal)
        return _wish_page(request, person, wrong, form, status=409)
    messages.success(
        request, _("Asked. The village head decides within three days."), "ok"
    )
    return redirect("people:person", person.pk)


def _add_refusal(form: WishForm, refusal: Refused) -> None:
    bars = refusal.bars if isinstance(refusal, CannotAsk) else []
    for bar in bars:
        form.add_error(FIELD_OF.get(bar, "wanted"), str(BARS[bar]))
    if not bars:
        form.add_error("wanted", str(refusal.message))


def _person(request: StaffRequest, pk: int) -> queries.Person:
    return queries.person_for(
        request.actor, pk, purpose="resident.correction", permission=ASK
    )


def _wish_page(
    request: StaffRequest,
    person: queries.Person,
    field: Field,
    form: WishForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "person": person,
        "form": form,
        "label": LABELS[field],
        "now": wishes.recorded_words(person, field),
    }
    return render(request, "life/ask_field.html", context, status=status)
