"""Which numbers wait for their code in this browser: a sealed cookie, for minutes.

Nothing is kept on the server, and nobody who reads the cookie learns a number.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from smartkampung.intake.draft import BrokenDraft, new_draft, open_draft, seal_draft
from smartkampung.kernel.clock import now
from smartkampung.residents.actions.access import Pair

NAME, FORM, PATH = "pending", "my_data", "/my-data/"
LASTS = timedelta(minutes=15)


def keep(response: HttpResponse, pair: Pair) -> None:
    """Remember the numbers until the code is typed."""
    draft = new_draft(now()).with_answers({"nik": pair.nik, "kk": pair.kk}, at=now())
    response.set_cookie(
        NAME,
        seal_draft(draft, form=FORM),
        max_age=int(LASTS.total_seconds()),
        path=PATH,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Strict",
    )


def read(request: HttpRequest) -> Pair | None:
    """Return the numbers that wait in this browser, if they do."""
    try:
        draft = open_draft(request.COOKIES.get(NAME, ""), form=FORM, at=now())
    except BrokenDraft:
        return None
    if now() - draft.touched_at > LASTS:
        return None
    return Pair(draft.answers["nik"], draft.answers["kk"])


def forget(response: HttpResponse) -> None:
    """Drop the numbers from this browser."""
    response.delete_cookie(NAME, path=PATH, samesite="Strict")
