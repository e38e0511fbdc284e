"""One request: what was asked, what the registry says, what the letter will say."""

from base64 import b64encode
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import day, now, today
from smartkampung.kernel.errors import Refused
from smartkampung.letters.catalogue.drawing import draw_draft, render_draft
from smartkampung.letters.requests.actions.reading import note_read, shown
from smartkampung.letters.requests.queries.bringing import brings
from smartkampung.letters.requests.queries.drafts import Draft, draft_of
from smartkampung.letters.requests.queries.letters import letter_for, pdf_of
from smartkampung.letters.requests.queries.offices import office_of
from smartkampung.letters.requests.queries.requests import (
    File,
    file_for,
    has_read,
    photo_for,
    request_for,
    waiting_signature,
)
from smartkampung.letters.requests.queries.standing import state_of
from smartkampung.letters.requests.rules.ends import ENDS
from smartkampung.letters.requests.rules.steps import OPEN, WAITING, State
from smartkampung.web.letters_ask.asked_again import photos_named
from smartkampung.web.letters_staff import doing, present, turns
from smartkampung.web.letters_staff.feeding import event_url
from smartkampung.web.letters_staff.lists import may_sign
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.photos import photo_answer

VIEW = Permission.LETTER_VIEW


@never_cache
@staff_page(VIEW)
def request(request: StaffRequest, request_id: int) -> HttpResponse:
    """Show one request, and what one may do with it."""
    return page(request, file_for(request.actor, request_id))


def page(
    request: StaffRequest,
    file: File,
    *,
    wrong: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a request; ``wrong`` holds forms that came back with errors, by act."""
    at, row = now(), file.request
    draft = None if file.shut else draft_of(row, by=request.actor, at=at)
    stands = state_of(row, on=day(at))
    context = {
        "shut": file.shut,
        "row": row,
        "letter": file.letter,
        "title": present.title_of(row.kind, row.wording_version),
        "tag": present.tag_of(row, stands, at=at),
        "ended": stands in ENDS,
        "about": present.about(row, draft.wording if draft else None, shut=file.shut),
        "facts": present.facts_shown(draft) if draft else [],
        "fixed": bool(draft and draft.fixed),
        "answers": present.asked_shown(file, draft) if draft else [],
        "photos": _photos(file, draft),
        "steps": present.history_of(file, at=at),
        "draft": draft if row.state in OPEN and row.state != State.COSIGN else None,
        "acts": doing.acts_of(request.actor, file, wrong or {}),
        "bars": turns.bars_told(request.actor, row) + turns.warned(request.actor, row),
        "waits": row.state in WAITING,
        "who": turns.who_goes_on(row),
        "event_url": event_url(request.actor, file),
        "brings": brings(request.actor, row) and stands == State.ISSUED,
        "may_complete": row.state == State.RETURNED
        and doing.may_stand_in(request.actor, file),
        "read_first": _reads(request, row),
        "was_read": has_read(request.actor, row),
    }
    return render(request, "letters_staff/request.html", context, status=status)


def _reads(request: StaffRequest, row: Any) -> bool:
    """Say whether this officer reads the letter before it goes on."""
    if row.state == State.COSIGN:
        return request.actor.may_in(Permission.LETTER_COSIGN, row.region_code)
    return row.state == State.SIGN and bool(office_of(request.actor, row, at=now()))


def _photos(file: File, draft: Any) -> list[dict[str, Any]]:
    kind = draft.wording.kind if draft else None
    return photos_named(file.files, kind, present.reads())


@never_cache
@staff_page(VIEW)
def photo(request: StaffRequest, request_id: int, file_id: int) -> HttpResponse:
    """Send a photo that came with a request."""
    return photo_answer(photo_for(request.actor, request_id, file_id).path)


@never_cache
@staff_page(VIEW)
def preview(request: StaffRequest, request_id: int) -> HttpResponse:
    """Send the letter as it would be signed now, marked as a draft."""
    file, draft = _readable(request, request_id)
    content = render_draft(
        draft.wording, draft.facts, lang=file.request.language, at=now()
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="draft.pdf"'
    return response


@never_cache
@staff_page(VIEW, "GET", "HEAD", "POST")
def read(request: StaffRequest, request_id: int) -> HttpResponse:
    """Show what a letter will say to whoever signs; they say that they read it."""
    if request.method == "POST":
        return _read(request, request_for(request.actor, request_id))
    file, draft = _readable(request, request_id)
    context = {
        "row": file.request,
        "letter": file.letter,
        "title": present.title_of(file.request.kind, file.request.wording_version),
        # Whoever signs reads the numbers as they stand on the paper.
        "facts": present.facts_shown(draft, whole=_reads(request, file.request)),
        "answers": present.asked_shown(file, draft),
        "photos": _photos(file, draft),
        "notes": present.notes_of(file),
        "pictures": _pictures(file, draft),
        "proof": shown(file.request, draft.digest, to=request.actor),
        "was_read": has_read(request.actor, file.request, draft.digest),
        "left": len(_unread(request)),
    }
    return render(request, "letters_staff/read.html", context)


def _readable(request: StaffRequest, request_id: int) -> tuple[File, Draft]:
    """Return a request with what it would say; 404 for who may not read it."""
    file = file_for(request.actor, request_id)
    draft = None if file.shut else draft_of(file.request, by=request.actor, at=now())
    if draft is None:
        raise Http404
    return file, draft


def _read(request: StaffRequest, row: Any) -> HttpResponse:
    proof = request.POST.get("proof", "")
    try:
        note_read(request=row, by=request.actor, proof=proof, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
        return redirect("letters_staff:read", row.pk)
    return _onward(request, row.pk)


def _pictures(file: File, draft: Draft) -> list[str]:
    """Return the pages of the letter to look at; an issued one is opened as it is."""
    if file.letter and file.letter.issued_at:
        return []
    pages = draw_draft(draft.wording, draft.facts, lang=file.request.language, at=now())
    return [f"data:image/webp;base64,{b64encode(page).decode()}" for page in pages]


@never_cache
@staff_page(Permission.LETTER_FILE)
def letter(request: StaffRequest, letter_id: int) -> HttpResponse:
    """Send a signed letter, as often as it is asked for."""
    content = pdf_of(letter_for(request.actor, letter_id))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="letter.pdf"'
    return response


def _onward(request: StaffRequest, request_id: int) -> HttpResponse:
    """Lead to the next letter that was not read, else to the signature."""
    left = _unread(request)
    if left:
        return redirect("letters_staff:read", left[0])
    if may_sign(request):
        return redirect("letters_staff:signing")
    return redirect("letters_staff:request", request_id)


def _unread(request: StaffRequest) -> list[int]:
    """Return which letters wait for one's signature and lack only its reading."""
    rows = waiting_signature(request.actor, on=today())
    return [row.pk for row in rows if turns.why_not(row, request.actor) == turns.UNREAD]
