"""My letters: where each is, what was missing, and the letter itself."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache

from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.letters.catalogue.queries import wording_by
from smartkampung.letters.requests.actions.ending import cancel as take_back
from smartkampung.letters.requests.queries.drafts import draft_of
from smartkampung.letters.requests.queries.household import (
    LetterRequest,
    kin_of,
    own_household,
    own_photo,
)
from smartkampung.letters.requests.queries.letters import own_letter, pdf_of
from smartkampung.letters.requests.queries.requests import (
    File,
    of_family,
    own_file,
    own_request,
)
from smartkampung.letters.requests.queries.standing import states_of
from smartkampung.letters.requests.rules.ends import ENDS, Ended
from smartkampung.letters.requests.rules.steps import BEFORE_SIGNATURE, State
from smartkampung.letters.requests.words import STATES
from smartkampung.residents.subject import Subject
from smartkampung.web.kiosk_mode import makes_a_file, village_of_kiosk
from smartkampung.web.letters_ask.asked_again import photos_named
from smartkampung.web.letters_ask.completing import (
    Completion,
    completion_of,
    has_it_again,
    note_of,
)
from smartkampung.web.letters_ask.timeline import LATE, way_of
from smartkampung.web.letters_staff.present import asked_shown
from smartkampung.web.limits import limited
from smartkampung.web.pages import ResidentRequest, resident_page
from smartkampung.web.photos import photo_answer

MOST = 50
FETCHED = Limit("letters.fetched", 300, timedelta(minutes=10))
CHANGED = Limit("letters.changed", 60, timedelta(minutes=10))
AT_A_KIOSK = lazy(
    "This screen is for everybody, so no letter is stored here. Ask at the counter to"
    " have it printed, or fetch it at home with your own phone."
)


@resident_page(resumes=True)
def mine(request: ResidentRequest) -> HttpResponse:
    """List the letters of the family, the newest first."""
    context = {"letters": letters_of(request.subject, most=MOST)}
    return render(request, "letters_ask/mine.html", context)


@never_cache
@resident_page()
def letter(request: ResidentRequest, pk: int) -> HttpResponse:
    """Show one letter of the family: its way, what was told, and what can be done."""
    return _page(request, own_file(request.subject, pk, on=today()))


@limited(address=CHANGED)
@resident_page("GET", "HEAD", "POST")
def cancel(request: ResidentRequest, pk: int) -> HttpResponse:
    """Ask once more; then take the wish back."""
    row = own_request(request.subject, pk, on=today())
    if request.method != "POST" and row.state not in BEFORE_SIGNATURE:
        messages.error(
            request, _("This letter is signed or has ended: it cannot be taken back.")
        )
        return redirect("letters_ask:letter", pk)
    if request.method != "POST":
        return render(request, "letters_ask/cancel.html", {"row": _listed(row)})
    try:
        take_back(request=row, by=request.subject, at=now())
    except Refused as refusal:
        file = own_file(request.subject, pk, on=today())
        return _page(request, file, refusal=str(refusal.message))
    messages.success(request, _("The letter is taken back."), "ok")
    return redirect("letters_ask:letter", pk)


@limited(address=CHANGED)
@resident_page("GET", "HEAD", "POST")
def complete(request: ResidentRequest, pk: int) -> HttpResponse:
    """Ask again what the office sent back, with what was told before."""
    file = own_file(request.subject, pk, on=today())
    household = kin_of(file.request) or own_household(request.subject)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    asked = completion_of(file, household, *sent, at=now())
    if file.request.state != State.RETURNED or asked is None:
        return redirect("letters_ask:letter", pk)
    if request.method != "POST":
        return _completing(request, file, asked)
    done, status = asked.handed_in(file.request, by=request.subject, at=now())
    if done is None:
        return _completing(request, file, asked, status=status)
    messages.success(request, has_it_again(done), "ok")
    return redirect("letters_ask:letter", pk)


@limited(address=FETCHED)
@resident_page()
@makes_a_file
def fetch(request: ResidentRequest, pk: int) -> HttpResponse:
    """Send the signed letter, as often as the family wants it."""
    signed = own_letter(request.subject, pk, on=today())
    if signed.revoked_at:
        messages.error(
            request, _("This letter was revoked: its file is not given out any more.")
        )
        return redirect("letters_ask:letter", pk)
    try:
        pdf = pdf_of(signed)
    except OSError:
        messages.error(
            request, _("The file is not there just now. Ask at the village office.")
        )
        return redirect("letters_ask:letter", pk)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="surat-{signed.kind}.pdf"'
    return response


@resident_page()
def photo(request: ResidentRequest, pk: int, file_id: int) -> HttpResponse:
    """Send a photo that the family handed in back to it."""
    return photo_answer(own_photo(request.subject, pk, file_id, on=today()).path)


def letters_of(subject: Subject, *, most: int) -> list[dict[str, Any]]:
    """Return the latest letters that somebody handles as a list shows them."""
    rows = list(of_family(subject, on=today())[:most])
    states = states_of(rows, on=today())
    return [_listed(row, states[row.pk]) for row in rows]


def _listed(row: LetterRequest, stands: str = "") -> dict[str, Any]:
    state, words = STATES[stands or row.state]
    late = row.due_at < now() and state == "wait"
    return {
        "pk": row.pk,
        "title": _title(row),
        "name": row.subject.name,
        "asked_at": row.asked_at,
        "due_at": row.due_at,
        "waits": state == "wait",
        "tag": {"state": "late" if late else state, "text": LATE if late else words},
    }


def _title(row: LetterRequest) -> str:
    wording = wording_by(row.kind, row.wording_version)
    lang = (get_language() or "id")[:2]
    return wording.kind.title.of(lang) if wording else row.kind


def _page(request: ResidentRequest, file: File, *, refusal: str = "") -> HttpResponse:
    row = file.request
    way = way_of(row, file.history, at=now(), own=True)
    draft = draft_of(row, at=now())
    context = {
        "row": _listed(row),
        "way": way,
        "ended": way.stands in ENDS,
        "expired": way.stands == Ended.EXPIRED,
        "kind": row.kind,
        "signed": _signed(file),
        "kiosk": AT_A_KIOSK if village_of_kiosk(request) else "",
        "note": note_of(file),
        # Who is of another card is not shown who else stands on that of the dead.
        "rows": asked_shown(file, draft, people=not row.kinship) if draft else [],
        "photos": _photos(file),
        "may_cancel": row.state in BEFORE_SIGNATURE,
        "returned": row.state == State.RETURNED,
        "refused": row.state == State.REFUSED,
        "refusal": refusal,
    }
    status = 409 if refusal else 200
    return render(request, "letters_ask/letter.html", context, status=status)


def _signed(file: File) -> dict[str, Any] | None:
    """Return what the family may do with its letter, once it is issued."""
    letter = file.letter
    if letter is None or letter.issued_at is None:
        return None
    return {
        "number": letter.entry.text,
        "until": letter.valid_until,
        "holder_code": letter.holder_code.open(),
        "code": letter.code,
        "revoked_at": letter.revoked_at,
        "why": letter.revoked_why,
        "replaced": letter.replaced_by_id is not None,
    }


def _photos(file: File) -> list[dict[str, Any]]:
    """Return the photos that were handed in, by what they show."""
    wording = wording_by(file.request.kind, file.request.wording_version)
    lang = (get_language() or "id")[:2]
    return photos_named(file.files, wording.kind if wording else None, lang)


def _completing(
    request: ResidentRequest, file: File, asked: Completion, *, status: int = 200
) -> HttpResponse:
    context = {"row": _listed(file.request), "form": asked.form, "note": note_of(file)}
    return render(request, "letters_ask/complete.html", context, status=status)
