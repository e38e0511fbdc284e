"""Field by field and role by role: who reads what about people who arrive."""

from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override

from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.isolation.arrival.actions.leaving import report_left
from smartkampung.isolation.arrival.rules.screening import RapidTest, Screened
from smartkampung.isolation.arrival.words import ADVICE, TESTS
from smartkampung.isolation.models import Screening
from smartkampung.isolation.monitoring.rules.health import Symptom, Told
from smartkampung.isolation.monitoring.words import SYMPTOMS
from smartkampung.kernel.rls import Kind, act_as
from tests import cast
from tests.arriving import (
    KETUT,
    NOON,
    WAYAN,
    WELL,
    a_party,
    gatekeeper,
    let_in,
    rights,
    stays_of,
    through,
)
from tests.cast import PUSKESMAS
from tests.isolating import WAYAN_NIK
from tests.web.posts import POSTS

pytestmark = pytest.mark.django_db
P = Permission
SICK = Screened(
    Told(temperature=Decimal("37.7"), spo2=96, symptoms=(Symptom.NO_SMELL,)),
    RapidTest.NEGATIVE,
)
PHONE = "+6285711112222"
HOSPITAL = {"ke rumah sakit", "to the hospital"}


@pytest.fixture
def pages() -> dict[str, Permission]:
    """Wayan is watched for a symptom and left; Ketut is in the hospital.

    Returns every page of theirs with the permission that it asks for. The page of the
    checkpoint that asks about symptoms shows them as questions, so it is not here.
    """
    party, _code = a_party(WAYAN, KETUT)
    gede, sari = rights(gatekeeper()), rights(cast.sari())
    through(party, gede, SICK, Screened(WELL.told, RapidTest.POSITIVE))
    wayan, ketut = stays_of(party)
    let_in(party, sari, beds={wayan.pk: None})
    wayan.refresh_from_db()
    gone = report_left(stay=wayan, words="Tidak ada.", by=sari, at=NOON)
    top = "/staff/arrivals/"
    hub = f"{top}gate/{party.pk}/"
    return {
        top: P.STAY_VIEW,
        f"{top}party/{party.pk}/": P.STAY_VIEW,
        f"{top}people/": P.STAY_VIEW,
        f"{top}people/{wayan.pk}/": P.STAY_VIEW,
        f"{top}people/{ketut.pk}/": P.STAY_VIEW,
        f"{top}people/{wayan.pk}/visit/": P.ISOLATION_SUPERVISE,
        f"{top}people/{wayan.pk}/left/": P.ISOLATION_SUPERVISE,
        f"{top}departures/{gone.pk}/": P.ESCALATION_ANSWER,
        f"{top}gate/": P.ARRIVAL_RECORD,
        hub: P.ARRIVAL_RECORD,
        f"{hub}passed/": P.ARRIVAL_RECORD,
        f"{hub}check-in/": P.ARRIVAL_RECORD,
        f"{hub}house/": P.ARRIVAL_RECORD,
        f"{hub}gone/": P.ARRIVAL_RECORD,
        f"{top}referrals/{wayan.pk}/": P.ISOLATION_HEALTH_VIEW,
        f"{top}referrals/{ketut.pk}/": P.ISOLATION_HEALTH_VIEW,
        "/staff/": P.DESK,
    }


def health_words() -> set[str]:
    """Return everything by which a page could tell how somebody is."""
    words = {"37.7", "37,7"}
    for lang in ("id", "en"):
        with override(lang):
            words |= {str(SYMPTOMS[Symptom.NO_SMELL]), str(TESTS[RapidTest.NEGATIVE])}
            words |= {str(TESTS[RapidTest.POSITIVE])}
            words |= {str(text) for text, _tag in ADVICE.values() if " " in str(text)}
    return words


def officer(role: Role) -> Any:
    """Make an officer whose area holds the house."""
    place = POSTS[role][0]
    where = {"centre": place} if place == PUSKESMAS else {"region": place}
    if role in {Role.RW_HEAD, Role.RT_HEAD}:
        return cast.staff(f"in-{role}", role, cast.RT_HERE)
    return cast.staff(f"in-{role}", role, **where)


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_what_about_health(role: Role, pages: dict[str, Permission]) -> None:
    account = officer(role)
    held = PERMISSIONS[role]
    with time_machine.travel(NOON, tick=False):
        client = cast.sign_in(cast.english(Client()), account)
        shown = {url: client.get(url) for url in pages}
    for url, answer in shown.items():
        served = pages[url] in held
        # A house of the whole village is not inside one RT.
        allowed = (
            {200, 302, 404} if role in {Role.RW_HEAD, Role.RT_HEAD} else {200, 302}
        )
        assert answer.status_code in (allowed if served else {403}), url
        text = answer.content.decode()
        assert WAYAN_NIK not in text, url
        assert PHONE not in text, url
        if pages[url] != P.ISOLATION_HEALTH_VIEW or P.ISOLATION_HEALTH_VIEW not in held:
            # Who follows somebody to the hospital finds that on their desk.
            known = HOSPITAL if P.ISOLATION_HEALTH_VIEW in held else set()
            assert not [word for word in health_words() - known if word in text], url
    if P.ISOLATION_HEALTH_VIEW in held:
        readable = "".join(answer.content.decode() for answer in shown.values())
        assert "37.7" in readable or "37,7" in readable


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_screenings_whatever_a_query_forgets(
    role: Role, pages: dict[str, Permission]
) -> None:
    actor = actor_for(officer(role), on=NOON.date())
    for permission in Permission:
        act_as(
            Kind.STAFF,
            scope=actor.regions_where(permission),
            officer=actor.staff_id,
            health=actor.regions_where(P.ISOLATION_HEALTH_VIEW),
        )
        may = actor.may(permission) and actor.may(P.ISOLATION_HEALTH_VIEW)
        assert Screening.objects.exists() == may, permission
