"""A phone is enrolled by who is signed in, and by nobody a moment later."""

import pytest

from smartkampung.accounts.actions.devices import SignedOut, enrol_device
from smartkampung.accounts.actions.sessions import change_password
from smartkampung.accounts.actions.staff import disable_staff, enable_staff
from smartkampung.accounts.models import Device, Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import now, today
from tests import cast
from tests.fieldwork import phone_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Staff:
    """Make who closes accounts."""
    return cast.staff("admin", Role.SYSTEM_ADMIN, cast.REGENCY)


def enrol(seen: Staff) -> None:
    """Enrol a phone for an account as its owner signed in."""
    enrol_device(staff=seen, name="Redmi 9A", by=seen.username, at=now())


def test_a_phone_that_comes_with_the_old_password_is_refused() -> None:
    seen = cast.sari()
    account = Staff.objects.get(pk=seen.pk)
    change_password(
        staff=account, password="a-new-long-word", keep="", by="sari", at=now()
    )
    with pytest.raises(SignedOut):
        enrol(seen)
    enrol(account)
    assert Device.objects.count() == 1


def test_a_closed_account_enrols_none_and_opening_it_brings_none_back(
    admin: Staff,
) -> None:
    sari = cast.sari()
    phone_of(sari)
    by, seen = actor_for(admin, on=today()), Staff.objects.get(pk=sari.pk)
    disable_staff(staff=sari, reason="moved", by=by, at=now())
    with pytest.raises(SignedOut):
        enrol(seen)
    enable_staff(staff=Staff.objects.get(pk=sari.pk), by=by, at=now())
    assert not Device.objects.filter(revoked_at=None).exists()
    enrol(Staff.objects.get(pk=sari.pk))
