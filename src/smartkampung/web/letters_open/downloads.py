"""What offline checks are made with: keys, what was revoked, and lists for PDF readers.

A process signs each list once in half a minute, however many ask for it: what is revoked
is on the list, and on that of a browser, within a minute.
"""

from collections.abc import Callable
from datetime import timedelta

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.letters.signing.queries.authority import (
    first_made,
    issuer_list,
    numbered,
)
from smartkampung.letters.signing.queries.offline import key_file, revoked_file
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page

MINUTES, FRESH = 5 * 60, 30
TAKEN = Limit("letters.lists", 120, timedelta(minutes=10))


@limited(address=TAKEN)
@cache_control(public=True, max_age=MINUTES)
@public_page("GET", "HEAD")
def keys(request: HttpRequest) -> HttpResponse:
    """Return the public keys and roots of the regency."""
    return _file(key_file().encode(), "application/json", "keys.json")


@limited(address=TAKEN)
@cache_control(public=True, max_age=FRESH)
@public_page("GET", "HEAD")
def revoked(request: HttpRequest) -> HttpResponse:
    """Return the signed list of what ended."""
    try:
        content = _kept("letters.revoked", lambda: revoked_file(at=now()).encode())
    except Refused as refusal:
        return _nothing(refusal)
    return _file(content, "application/json", "revoked.json")


@limited(address=TAKEN)
@cache_control(public=True, max_age=FRESH)
@public_page("GET", "HEAD")
def crl(request: HttpRequest, number: int) -> HttpResponse:
    """Return the list of revoked certificates that those of an authority point to."""
    return _list_of(str(number), lambda: issuer_list(numbered(number), at=now()))


@limited(address=TAKEN)
@cache_control(public=True, max_age=FRESH)
@public_page("GET", "HEAD")
def first_crl(request: HttpRequest) -> HttpResponse:
    """Return the list of the first authority: its certificates name no number."""
    try:
        return _list_of("first", lambda: issuer_list(first_made(), at=now()))
    except Refused as refusal:
        return _nothing(refusal)


def _list_of(name: str, made: Callable[[], bytes]) -> HttpResponse:
    officers = _kept(f"letters.crl.{name}", made)
    return _file(officers, "application/pkix-crl", "officers.crl")


def _kept(name: str, made: Callable[[], bytes]) -> bytes:
    kept: bytes | None = caches["local"].get(name)
    if kept is None:
        kept = made()
        caches["local"].set(name, kept, FRESH)
    return kept


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _nothing(refusal: Refused) -> HttpResponse:
    return HttpResponse(str(refusal.message), status=409, content_type="text/plain")
