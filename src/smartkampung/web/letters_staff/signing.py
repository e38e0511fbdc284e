"""Sign many letters at once: those that were read, with the passphrase typed once."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import short_moment
from smartkampung.letters.requests.actions.orders import order_signing
from smartkampung.letters.requests.actions.refusals import CannotStep
from smartkampung.letters.requests.queries.orders import progress
from smartkampung.letters.requests.queries.requests import (
    PURPOSE,
    LetterRequest,
    letter_of,
    waiting_signature,
)
from smartkampung.letters.signing.errors import WrongPassphrase
from smartkampung.residents.queries import note_looks
from smartkampung.web.letters_staff import present
from smartkampung.web.letters_staff.forms import PassphraseForm
from smartkampung.web.letters_staff.lists import may_sign
from smartkampung.web.letters_staff.turns import UNREAD, why_not
from smartkampung.web.pages import StaffRequest, staff_page

VIEW = Permission.LETTER_VIEW
SHOWN = 200
ITEMS: dict[str, tuple[str, Promise]] = {
    "waiting": ("wait", _("is being signed")),
    "signed": ("ok", _("signed")),
    "refused": ("late", _("not signed")),
}
WHY: dict[str, Promise] = {
    "letter_changed": _("What it says has changed: it went back to the check."),
    "letter_cannot_step": _("It is no longer at this step, or you checked it."),
    "outside_mandate": _("You hold no mandate for it."),
    "order_expired": _("The fifteen minutes were over. Sign it once more."),
    "wrong_passphrase": _("The passphrase was wrong."),
    "key_locked": _("Your key is locked. Ask for a new certificate."),
    "letter_number_unfit": _(
        "Its number is in the book already, or too long: change the pattern."
    ),
    "letter_fault": _("A fault of the program stopped it. Tell the operator."),
    "signing_unavailable": _("The signing service does not answer. Try again later."),
    "signing_refused": _(
        "The signing service refused, or your certificate was revoked. See My"
        " certificate."
    ),
    "no_certificate": _("You have no certificate any more. Ask for one."),
    "certificate_expired": _("Your certificate has expired. Ask for a new one."),
    "office_over": _(
        "You do not hold the office any more that your certificate names."
    ),
    "another_office": _("Your certificate is of an office elsewhere."),
    "signed_before": _("It is signed already: by %(name)s, %(moment)s."),
}
OTHER = _("Open the letter to see where it is.")


class ManyForm(PassphraseForm):
    """Which letters, and the passphrase."""

    letters = forms.MultipleChoiceField(
        label=_("Letters that you have read"),
        help_text=_("All are chosen. Take out what you do not sign now."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one letter."),
            "invalid_choice": _(
                "One of these letters has changed or is signed. Read what is left."
            ),
        },
    )
    field_order = ("letters", "passphrase")

    def __init__(self, *args: Any, ready: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["letters"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = ready
        field.initial = [pk for pk, _words in ready]


@never_cache
@staff_page(VIEW, "GET", "HEAD", "POST")
def signing(request: StaffRequest) -> HttpResponse:
    """Show what waits for one's signature; sign what was read."""
    rows = list(waiting_signature(request.actor, on=today())[:SHOWN])
    why = {row.pk: why_not(row, request.actor) for row in rows}
    ready = [row for row in rows if not why[row.pk]]
    named = [
        (str(row.pk), words) for row, words in zip(ready, _named(ready), strict=True)
    ]
    if request.method != "POST":
        return _page(request, rows, why, ManyForm(ready=named))
    form = ManyForm(request.POST, ready=named)
    if not form.is_valid():
        return _page(request, rows, why, form, status=422)
    chosen = set(form.cleaned_data["letters"])
    try:
        made = order_signing(
            requests=[row for row in ready if str(row.pk) in chosen],
            by=request.actor,
            passphrase=form.cleaned_data["passphrase"],
            at=now(),
        )
    except Refused as refusal:
        field = "passphrase" if isinstance(refusal, WrongPassphrase) else None
        form.add_error(field, str(refusal.message))
        return _page(request, rows, why, form, status=409)
    return redirect("letters_staff:order", made.pk)


def _page(
    request: StaffRequest,
    rows: list[LetterRequest],
    told: dict[int, Promise | str],
    form: forms.Form,
    *,
    status: int = 200,
) -> HttpResponse:
    note_looks(
        request.actor, [row.subject for row in rows], purpose=PURPOSE, permission=VIEW
    )
    apart = [row for row in rows if told[row.pk]]
    context = {
        "form": form if len(apart) < len(rows) else None,
        "items": [
            {**item, "why": told[item["row"].pk]}
            for item in present.rows_of(apart, at=now())
        ],
        "next": next((row.pk for row in rows if told[row.pk] == UNREAD), None),
        "waiting": len(rows),
        "signs": may_sign(request),
    }
    return render(request, "letters_staff/sign.html", context, status=status)


def _named(rows: Iterable[LetterRequest]) -> list[str]:
    """Return letters in words: the title, and whom it is about."""
    found = list(rows)
    titles = present.titles_of(found)
    return [
        f"{titles[row.kind, row.wording_version]} · {row.subject.name}" for row in found
    ]


@never_cache
@staff_page(VIEW)
def order(request: StaffRequest, order_id: int) -> HttpResponse:
    """Show how far the signing has come, until all is done."""
    found = progress(request.actor, order_id)
    words = _named(one.request for one in found.items)
    items = [_item(*each) for each in zip(found.items, words, strict=True)]
    context = {
        "running": found.waiting > 0,
        "signed": sum(item["tag"] == _tag("signed") for item in items),
        "all": len(items),
        "items": items,
    }
    return render(request, "letters_staff/order.html", context)


def _item(one: Any, words: str) -> dict[str, Any]:
    before = _signed_before(one)
    why = WHY.get(one.code, OTHER) if one.code else ""
    return {
        "pk": one.request_id,
        "words": words,
        "tag": _tag("signed" if before else one.state),
        "why": before or why,
    }


def _tag(state: str) -> dict[str, Any]:
    colour, text = ITEMS[state]
    return {"state": colour, "text": text}


def _signed_before(one: Any) -> str:
    """Return who signed a letter before its turn came, if that is why it was left."""
    letter = letter_of(one.request) if one.code == CannotStep.code else None
    if letter is None:
        return ""
    told = {"name": letter.signer_name, "moment": short_moment(letter.signed_at)}
    return str(WHY["signed_before"]) % told
