"""That this browser proved a moment ago that the family's phone is at hand.

A signed cookie, for half an hour, for one report's pages only; there is no session
for members of the public.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

NAME, SALT = "proof", "tracking.proof"
LASTS = int(timedelta(minutes=30).total_seconds())


def give(response: HttpResponse, code: str, code_hash: bytes) -> None:
    """Let this browser read the decision for half an hour."""
    response.set_signed_cookie(
        NAME,
        code_hash.hex(),
        salt=SALT,
        max_age=LASTS,
        path=f"/t/{code}/",
        httponly=True,
        secure=settings.HTTPS,
        samesite="Strict",
    )


def given(request: HttpRequest, code_hash: bytes) -> bool:
    """Say whether this browser may read the decision now."""
    value = request.get_signed_cookie(NAME, default="", salt=SALT, max_age=LASTS)
    return value == code_hash.hex()


def forget(response: HttpResponse, code: str) -> None:
    """Close the decision on this browser."""
    response.delete_cookie(NAME, path=f"/t/{code}/", samesite="Strict")
