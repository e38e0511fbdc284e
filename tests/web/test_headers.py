"""Every page tells browsers what it may do and who may keep it."""

import pytest
from django.test import Client
from django.urls import reverse

from smartkampung.accounts.roles import Role
from tests.arriving import secluded
from tests.cast import HERE, RT_HERE, sari, sign_in, staff
from tests.web.samples import addresses

pytestmark = pytest.mark.django_db
PLAIN = [a for a in addresses() if not a.takes_arguments and not a.is_api]
# Visits without a network are noted with where they were.
LOCATING = {"field:shell"}
POLICY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def test_every_page_carries_them_signed_in_or_not() -> None:
    officer = sign_in(Client(), sari())
    for address in PLAIN:
        for client in (Client(), officer):
            page = client.get(reverse(address.name))
            missing = {k for k, v in POLICY.items() if page.headers.get(k) != v}
            assert not missing, address.route
            csp = page.headers["Content-Security-Policy"]
            assert "unsafe" not in csp, address.route
            assert "script-src 'self';" in f"{csp};", address.route
            asks = "geolocation=()" not in page.headers["Permissions-Policy"]
            assert asks == (address.name in LOCATING), address.route


def test_only_the_page_of_a_visit_may_ask_where_the_phone_is() -> None:
    stay = secluded(RT_HERE, "Wayan")
    officer = sign_in(Client(), staff("rudi", Role.BABINSA, HERE))
    page = officer.get(reverse("isolation_arrival:visit", args=[stay.pk]))
    assert "data-position" in page.content.decode()
    policy = page.headers["Permissions-Policy"].split(", ")
    assert "geolocation=(self)" in policy
    assert {"camera=()", "microphone=()"} <= set(policy)
    other = officer.get(reverse("isolation_arrival:person", args=[stay.pk]))
    assert "geolocation=()" in other.headers["Permissions-Policy"].split(", ")


def test_nobody_keeps_a_page_of_staff() -> None:
    page = sign_in(Client(), sari()).get("/accounts/sessions/")
    assert page.headers["Cache-Control"] == "no-store"


def test_cookies_stay_out_of_scripts_and_other_sites() -> None:
    client = Client()
    client.get("/accounts/login/")
    sign_in(client, sari())
    client.post("/accounts/sessions/end-others/")
    cookie = client.cookies["csrf"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
