"""The demo has places in every state, and events."""

from datetime import timedelta

import pytest

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.demo.cast import KECAMATAN, VILLAGE
from smartkampung.demo.places import Rt, Village
from smartkampung.demo.protocols import TALES, tell_protocols
from smartkampung.kernel.clock import now, today
from smartkampung.reopening.places.models import Complaint, Event, Place
from smartkampung.reopening.places.queries.register import with_standing
from tests import cast

pytestmark = pytest.mark.django_db


def a_village(code: str) -> Village:
    rts = (Rt(f"{code}.002.007", ""),)
    return Village(code, "Sumberwangi", 1, 0, 1, "farm", 900, {}, rts)


def test_places_are_told_in_every_state() -> None:
    cast.places()
    for name, role, region in (
        ("sari", Role.VILLAGE_OFFICER, VILLAGE),
        ("babinsa", Role.BABINSA, VILLAGE),
        ("dinkes", Role.DINKES, cast.REGENCY),
        ("camat", Role.KECAMATAN_OFFICER, KECAMATAN),
        ("village_officer-" + cast.FAR_AWAY, Role.VILLAGE_OFFICER, cast.FAR_AWAY),
    ):
        cast.staff(name, role, region)
    tell_protocols([a_village(VILLAGE), a_village(cast.FAR_AWAY)], at=now())
    rows = with_standing(Place.objects.all(), today())
    assert {row.state for row in rows} == {"asked", "registered", "closed"}
    found = {row.standing for row in rows}
    assert {"valid", "suspended", "expired", "withdrawn", ""} <= found
    assert rows.count() == len(TALES) + 1
    assert Complaint.objects.count() == 2
    soon = today() + timedelta(days=60)
    assert Event.objects.filter(on__lte=soon).count() == 6
    assert Staff.objects.exists()
