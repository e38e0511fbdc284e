"""A draft between two screens: sealed, in a cookie that goes to its own form only.

Every screen is a page that is fetched, not an answer to a form, so that the browser's
Back finds it again. The path of the cookie names one form: two forms in two tabs never
meet, and no other page is sent it.
"""

import uuid
from dataclasses import dataclass
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

# Browsers drop a cookie whose name and content pass 4,096 bytes together.
MOST_LETTERS = 3900


@dataclass(frozen=True)
class Carrier:
    """How the drafts of one form travel.

    ``form`` is the purpose under which they are sealed, ``start`` the URL name below
    which its screens lie, ``cookie`` how its cookies begin.
    """

    form: str
    start: str
    cookie: str

    def keep(self, response: HttpResponse, draft: Draft) -> bool:
        """Give the browser the draft to carry; False where it is too long for that."""
        return self._set(response, draft, self.form)

    def draft_of(
        self, request: HttpRequest, form_id: uuid.UUID, at: datetime
    ) -> Draft | None:
        """Return the draft of a form that the browser carries, if it does."""
        return self._open(request, form_id, self.form, at)

    def close(
        self, response: HttpResponse, draft: Draft, code: str, at: datetime
    ) -> None:
        """Let the browser forget the answers and remember only that they were sent."""
        self._set(response, Draft(draft.form_id, at, {"code": code}), self._sent)

    def code_of_sent(
        self, request: HttpRequest, form_id: uuid.UUID, at: datetime
    ) -> str:
        """Return the tracking code of a form that was sent, or nothing."""
        sent = self._open(request, form_id, self._sent, at)
        return str(sent.answers["code"]) if sent else ""

    @property
    def _sent(self) -> str:
        return f"{self.form}.sent"

    def _set(self, response: HttpResponse, draft: Draft, kind: str) -> bool:
        token = seal_draft(draft, form=kind)
        if len(token) > MOST_LETTERS:
            return False
        response.set_cookie(
            self._name(draft.form_id),
            token,
            max_age=FRESH_FOR,
            path=f"{reverse(self.start)}{draft.form_id}/",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return True

    def _open(
        self, request: HttpRequest, form_id: uuid.UUID, kind: str, at: datetime
    ) -> Draft | None:
        token = request.COOKIES.get(self._name(form_id), "")
        try:
            draft = open_draft(token, form=kind, at=at)
        except BrokenDraft:
            return None
        return draft if draft.form_id == form_id else None

    def _name(self, form_id: uuid.UUID) -> str:
        return f"{self.cookie}-{form_id.hex}"
