"""The authority of the demo, and certificates of the officers whom people play."""

from datetime import datetime, timedelta

from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.demo.staff import BY
from smartkampung.kernel.clock import day, telling
from smartkampung.letters.signing.actions.authority import make_authority
from smartkampung.letters.signing.actions.certificates import (
    answer_request,
    ask_for_certificate,
    make_certificate,
)
from smartkampung.letters.signing.models import KeyRequest
from smartkampung.letters.signing.queries.offices import signing_offices
from smartkampung.regions.queries import regency

# Told on the page, as the password of the demo is.
OPENS_KEYS = "surat kampung demo"
SIGNERS = ("kades", "sari", "camat")
WAITS = "kasi"
# The number of no civil servant: nobody is born in month 00.
NIPS = {"camat": "197000001998001001"}
AGO = timedelta(days=90)


def tell_letter_keys(*, at: datetime) -> None:
    """Make the authority; head, secretary and camat can sign, one more has asked."""
    with telling(at - AGO):
        here = regency()
        name = here.name if here else "Demo"
        make_authority(regency=name, by=BY, at=at - AGO)
        for who in SIGNERS:
            asked = _ask(who, at=at - AGO)
            answer_request(request=asked, yes=True, by="admin", at=at - AGO)
            make_certificate(request=asked, passphrase=OPENS_KEYS, by=who, at=at - AGO)
    with telling(at - timedelta(hours=20)):
        _ask(WAITS, at=at - timedelta(hours=20))


def _ask(name: str, *, at: datetime) -> KeyRequest:
    staff = Staff.objects.get(username=name)
    office = signing_offices(actor_for(staff, on=day(at)))[0]
    return ask_for_certificate(
        staff=staff,
        title=office.title,
        region_code=office.region_code,
        office=office.place,
        nip=NIPS.get(name, ""),
        at=at,
    )
