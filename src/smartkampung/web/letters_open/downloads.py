"""What offline checks are made with: keys, what was revoked, and the list for PDF readers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.letters.signing.queries.authority import authority, revocation_lists
from smartkampung.letters.signing.queries.offline import key_file, revoked_file
from smartkampung.web.pages import public_page

MINUTES = 5 * 60


@cache_control(public=True, max_age=MINUTES)
@public_page("GET", "HEAD")
def keys(request: HttpRequest) -> HttpResponse:
    """Return the public keys and roots of the regency."""
    return _file(key_file().encode(), "application/json", "keys.json")


@cache_control(public=True, max_age=MINUTES)
@public_page("GET", "HEAD")
def revoked(request: HttpRequest) -> HttpResponse:
    """Return the signed list of what ended."""
    try:
        content = revoked_file(at=now())
    except Refused as refusal:
        return _nothing(refusal)
    return _file(content.encode(), "application/json", "revoked.json")


@cache_control(public=True, max_age=MINUTES)
@public_page("GET", "HEAD")
def crl(request: HttpRequest) -> HttpResponse:
    """Return the list of revoked certificates that certificates point to."""
    try:
        _root, officers = revocation_lists(authority(), at=now())
    except Refused as refusal:
        return _nothing(refusal)
    return _file(officers, "application/pkix-crl", "officers.crl")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _nothing(refusal: Refused) -> HttpResponse:
    return HttpResponse(str(refusal.message), status=409, content_type="text/plain")
