"""Requests for a certificate: taken back, of a former office; ended by two at once."""

from typing import Any

import pytest
from django.test import Client

from smartkampung.accounts.models import Assignment, Staff
from smartkampung.kernel.clock import now
from smartkampung.letters.signing.actions.certificates import (
    LeftTheOffice,
    NothingAsked,
    answer_request,
    revoke_certificate,
    take_back_request,
)
from smartkampung.letters.signing.models import KeyRequest
from smartkampung.web.letters_keys import pages
from tests import cast, signing
from tests.signing import cheap_guesses as cheap_guesses
from tests.web.test_letters_keys import KEYS, ask, make, read
from tests.web.test_letters_keys import admin as admin
from tests.web.test_letters_keys import sari as sari

pytestmark = pytest.mark.django_db


def leaves() -> None:
    """Let Sari move next door."""
    Assignment.objects.filter(staff__username="sari").update(region_id=cast.NEXT_DOOR)


def test_a_request_of_a_former_office_waits_for_nobody(
    sari: Client, admin: Client
) -> None:
    ask(sari)
    row = KeyRequest.objects.get()
    assert "Sari Wulandari" in read(admin.get(f"{KEYS}waiting/"))
    leaves()
    assert "Nobody waits" in read(admin.get(f"{KEYS}waiting/"))
    url = f"{KEYS}waiting/{row.pk}/"
    late = read(admin.post(url, {"answer": "yes"}, follow=True))
    assert "holds the office no more" in late
    row.refresh_from_db()
    assert row.answer == ""
    admin.post(url, {"answer": "no"})
    row.refresh_from_db()
    assert row.answer == "no"


def test_a_number_mistyped_is_taken_back_and_asked_anew(
    sari: Client, admin: Client
) -> None:
    ask(sari)
    wrong = KeyRequest.objects.get()
    assert "Take my request back" in read(sari.get(KEYS))
    done = read(sari.post(f"{KEYS}take-back/", follow=True))
    assert "You can ask anew" in done
    assert "Take my request back" not in done
    assert "Nobody waits" in read(admin.get(f"{KEYS}waiting/"))
    with pytest.raises(LeftTheOffice):
        answer_request(request=wrong, yes=True, by="indra", at=now())
    assert "Your request waits" in read(ask(sari))
    again = KeyRequest.objects.exclude(pk=wrong.pk).get()
    answer_request(request=again, yes=True, by="indra", at=now())
    assert "Take my request back" in read(sari.get(KEYS)), "also when it was confirmed"
    assert "You can sign" in read(make(sari))
    with pytest.raises(NothingAsked):
        take_back_request(staff=Staff.objects.get(username="sari"), by="sari", at=now())
    late = read(sari.post(f"{KEYS}take-back/", follow=True))
    assert "Nothing waits that you could take back" in late


def test_who_comes_second_does_not_say_to_have_revoked_it(
    sari: Client, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = signing.signer(Staff.objects.get(username="sari"), at=now())

    def second(**given: Any) -> bool:
        first: dict[str, Any] = {"reason": "Forgot it", "by": "darmo", "at": now()}
        assert revoke_certificate(certificate=row, **first)
        return revoke_certificate(**given)

    monkeypatch.setattr(pages, "revoke_certificate", second)
    link, why = f"{KEYS}held/{row.pk}/", {"reason": "Phone and note stolen"}
    told = read(admin.post(link, why, follow=True))
    assert "Somebody else revoked the certificate of Sari Wulandari" in told
    row.refresh_from_db()
    assert row.revoked_by == "darmo"


def test_who_ends_the_own_certificate_second_reads_that_it_had_ended(
    sari: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    signing.signer(Staff.objects.get(username="sari"), at=now())
    monkeypatch.setattr(pages, "revoke_certificate", lambda **_: False)
    told = read(sari.post(f"{KEYS}revoke/", {"reason": "Forgot it"}, follow=True))
    assert "Somebody else revoked your certificate a moment before" in told
