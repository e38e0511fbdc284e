"""The page by which a stranger plays every part. It exists in the demo only."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from smartkampung.accounts.queries import demo_accounts, demo_code
from smartkampung.demo.cast import playable
from smartkampung.demo.letters_keys import OPENS_KEYS
from smartkampung.kernel.clock import now, today
from smartkampung.letters.requests.queries.played import played_letters
from smartkampung.notify.queries import demo_inbox
from smartkampung.regions.queries import places
from smartkampung.web.pages import public_page


@public_page()
def demo(request: HttpRequest) -> HttpResponse:
    """Show whom to play: accounts with password and code, and residents."""
    if not settings.DEMO:
        raise Http404
    played = playable()
    known = places(person.region for person in played)
    code, seconds = demo_code(at=now())
    return render(
        request,
        "accounts/demo.html",
        {
            "accounts": demo_accounts(on=today()),
            "played": [(person, known[person.region]) for person in played],
            "password": settings.DEMO_PASSWORD,
            "secret": settings.DEMO_TOTP_SECRET,
            "passphrase": OPENS_KEYS,
            "proved": played_letters((get_language() or "id")[:2]),
            "letters": demo_inbox(limit=30),
            "code": code,
            "seconds": seconds,
        },
    )
