"""The draft between two screens: sealed, in a cookie that goes to its own form only.

Every screen is a page that is fetched, not an answer to a form, so that the browser's
Back finds it again. The path of the cookie names one form: two forms in two tabs never
meet, and no other page is sent it.
"""

import uuid
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from smartkampung.intake.draft import (
    FRESH_FOR,
    BrokenDraft,
    Draft,
    open_draft,
    seal_draft,
)
from smartkampung.web.report.wizard import FORM

SENT = f"{FORM}.sent"
# Browsers drop a cookie whose name and content pass 4,096 bytes together.
MOST_LETTERS = 3900


def keep(response: HttpResponse, draft: Draft) -> bool:
    """Give the browser the draft to carry; say False where it is too long for that."""
    return _set(response, draft, FORM)


def draft_of(request: HttpRequest, form_id: uuid.UUID, at: datetime) -> Draft | None:
    """Return the draft of a form that the browser carries, if it does."""
    return _open(request, form_id, FORM, at)


def close(response: HttpResponse, draft: Draft, code: str, at: datetime) -> None:
    """Let the browser forget the answers and remember only that they were sent."""
    _set(response, Draft(draft.form_id, at, {"code": code}), SENT)


def code_of_sent(request: HttpRequest, form_id: uuid.UUID, at: datetime) -> str:
    """Return the tracking code of a form that was sent, or nothing."""
    sent = _open(request, form_id, SENT, at)
    return str(sent.answers["code"]) if sent else ""


def _set(response: HttpResponse, draft: Draft, kind: str) -> bool:
    token = seal_draft(draft, form=kind)
    if len(token) > MOST_LETTERS:
        return False
    response.set_cookie(
        _name(draft.form_id),
        token,
        max_age=FRESH_FOR,
        path=f"{reverse('report:form')}{draft.form_id}/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return True


def _open(
    request: HttpRequest, form_id: uuid.UUID, kind: str, at: datetime
) -> Draft | None:
    token = request.COOKIES.get(_name(form_id), "")
    try:
        draft = open_draft(token, form=kind, at=at)
    except BrokenDraft:
        return None
    return draft if draft.form_id == form_id else None


def _name(form_id: uuid.UUID) -> str:
    return f"report-{form_id.hex}"
