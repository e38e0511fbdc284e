"""A certificate belongs to the office that it names, and ends with it."""

from datetime import timedelta

import pytest

from smartkampung.accounts.actions.assignments import assign
from smartkampung.accounts.models import Assignment, Staff
from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Event
from smartkampung.jobs.tasks.letters import revoke_certificates
from smartkampung.kernel.clock import day, telling
from smartkampung.letters.signing.actions.certificates import (
    OFFICE_OVER,
    answer_request,
    ask_for_certificate,
    make_certificate,
    revoke_where_the_office_ended,
)
from smartkampung.letters.signing.actions.sign import unlock
from smartkampung.letters.signing.errors import (
    AnotherOffice,
    KeyLocked,
    OfficeOver,
    SigningRefused,
    WrongPassphrase,
)
from smartkampung.letters.signing.models import KeyRequest, SigningCertificate
from smartkampung.letters.signing.passphrases import Cost
from smartkampung.letters.signing.queries.certificates import open_request_of
from smartkampung.letters.signing.rules.levels import MOST_TRIES
from tests import cast, signing
from tests.cast import HERE, NEXT_DOOR
from tests.races import at_once
from tests.signing import AT, PASSPHRASE, letter
from tests.signing import cheap_guesses as cheap_guesses

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def sari_signs() -> SigningCertificate:
    """Give Sari a certificate."""
    signing.authority()
    return signing.signer(cast.sari())


def opens(row: SigningCertificate, passphrase: str = PASSPHRASE) -> object:
    """Open a key."""
    return unlock(staff_id=row.staff_id, passphrase=passphrase, at=AT)


def leaves(row: SigningCertificate | KeyRequest) -> None:
    """Let an officer move next door."""
    Assignment.objects.filter(staff_id=row.staff_id).update(until=day(AT))
    assign(
        staff=row.staff,
        role=Role.VILLAGE_OFFICER,
        region_code=NEXT_DOOR,
        since=day(AT),
        by="test",
    )


def asks(staff: Staff, place: str = HERE) -> KeyRequest:
    """Let an officer ask."""
    return ask_for_certificate(
        staff=staff,
        title="Perangkat Desa",
        region_code=place,
        office="Sumberwangi",
        at=AT,
    )


def test_who_moved_signs_nothing_by_the_old_certificate(
    sari_signs: SigningCertificate,
) -> None:
    leaves(sari_signs)
    with pytest.raises(OfficeOver, match="Sertifikat saya"):
        opens(sari_signs)


def test_who_was_demoted_signs_nothing_by_the_old_title() -> None:
    signing.authority()
    darmo = cast.staff("darmo", Role.VILLAGE_HEAD, HERE)
    row = signing.signer(darmo)
    Assignment.objects.filter(staff=darmo).update(role=Role.VILLAGE_OFFICER)
    with pytest.raises(OfficeOver):
        opens(row)


def test_a_certificate_signs_no_letter_of_another_place(
    sari_signs: SigningCertificate,
) -> None:
    pen = unlock(staff_id=sari_signs.staff_id, passphrase=PASSPHRASE, at=AT)
    for place in (NEXT_DOOR, cast.KECAMATAN):
        with pytest.raises(AnotherOffice):
            pen.sign(letter(), region_code=place, at=AT)


def test_the_end_of_an_office_revokes_its_certificate(
    sari_signs: SigningCertificate,
) -> None:
    signing.signer(cast.budi())
    assert revoke_where_the_office_ended(at=AT) == 0
    leaves(sari_signs)
    pen = unlock(staff_id=sari_signs.staff_id, passphrase=PASSPHRASE, at=AT - DAY)
    # A second term is often written down some days late: the key only stays shut.
    assert revoke_where_the_office_ended(at=AT) == 0
    with pytest.raises(OfficeOver):
        opens(sari_signs)
    with telling(AT + 8 * DAY):
        revoke_certificates(timestamp=0)
    sari_signs.refresh_from_db()
    assert (sari_signs.revoke_reason, sari_signs.revoked_by) == (OFFICE_OVER, "system")
    assert sari_signs.key is None
    assert SigningCertificate.objects.get(revoked_at=None).holder == "Budi Santoso"
    assert Event.objects.filter(name="letters.key_revoked").count() == 1
    # A key that lay open a moment before signs nothing, either.
    with pytest.raises(SigningRefused):
        pen.sign(letter(), region_code=HERE, at=AT + 8 * DAY)


def test_a_closed_account_loses_its_certificate(
    sari_signs: SigningCertificate,
) -> None:
    Staff.objects.filter(pk=sari_signs.staff_id).update(is_active=False)
    with pytest.raises(OfficeOver):
        opens(sari_signs)
    assert revoke_where_the_office_ended(at=AT) == 1


def test_nobody_makes_a_certificate_of_a_former_office() -> None:
    signing.authority()
    request = asks(cast.sari())
    answer_request(request=request, yes=True, by="indra", at=AT)
    leaves(request)
    with pytest.raises(OfficeOver):
        make_certificate(request=request, passphrase=PASSPHRASE, by="sari", at=AT)
    assert open_request_of(request.staff_id, on=day(AT)) is None
    asks(request.staff, NEXT_DOOR)


def test_a_certificate_names_whom_somebody_confirmed() -> None:
    signing.authority()
    request = asks(cast.sari())
    answer_request(request=request, yes=True, by="indra", at=AT)
    Staff.objects.filter(pk=request.staff_id).update(full_name="Siti Rahayu")
    row = make_certificate(request=request, passphrase=PASSPHRASE, by="sari", at=AT)
    assert row.holder == "Sari Wulandari"


@pytest.mark.django_db(transaction=True)
def test_tries_side_by_side_are_counted_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signing.authority()
    row = signing.signer(cast.sari())
    monkeypatch.setattr(Cost, "log_n", 12)  # long enough to overlap
    tried: list[str] = []

    def guess() -> str:
        try:
            opens(row, "wrong")
        except WrongPassphrase:
            tried.append("wrong")
        except KeyLocked:
            tried.append("locked")
        return ""

    at_once(MOST_TRIES + 3, guess)
    assert sorted(tried) == ["locked"] * 4 + ["wrong"] * 4
    row.refresh_from_db()
    assert row.wrong_tries == MOST_TRIES
