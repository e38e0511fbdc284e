"""What the database promises of posted lists, whoever writes to it."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from smartkampung.aid.models import Programme, Publication, PublishedName
from tests import cases, posting
from tests.cases import FOOD
from tests.cast import HERE
from tests.posting import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """Dinsos, and a cycle whose time is now."""
    return posting.an_office()


def refused(promise: str, office: Office, **more: Any) -> None:
    """Expect the database to refuse such a publication."""
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        posting.a_publication(office, **more)


def test_publication_rests_on_law(office: Office) -> None:
    refused("publication_rests_on_law", office, legal_reference="")


def test_publication_ends_after_it_begins(office: Office) -> None:
    refused("publication_ends_after_it_begins", office, begins=2, ends=2)


def test_publication_at_most_thirty_days(office: Office) -> None:
    posting.a_publication(office, begins=0, ends=30, granted=False)
    refused("publication_at_most_thirty_days", office, begins=0, ends=31)


def test_publication_within_its_cycle(office: Office) -> None:
    refused("publication_within_its_cycle", office, begins=50, ends=61)
    refused("publication_within_its_cycle", office, begins=-41, ends=-20)


def test_publication_one_at_a_time(office: Office) -> None:
    posting.a_publication(office, begins=0, ends=5)
    refused("publication_one_at_a_time", office, begins=4, ends=9)
    posting.a_publication(office, begins=5, ends=9)


def test_publication_needs_two_people(office: Office) -> None:
    refused("publication_needs_two_people", office, decided_by_id=office.dian.staff_id)


def test_publication_decision_is_signed(office: Office) -> None:
    refused("publication_decision_is_signed", office, decided_by_id=None)


def test_publication_withdrawal_is_signed(office: Office) -> None:
    refused("publication_withdrawal_is_signed", office, withdrawn_at=cases.NOW)


@pytest.mark.parametrize("change", ["since", "until", "legal_reference"])
def test_publication_terms_stay(office: Office, change: str) -> None:
    row = posting.a_publication(office)
    told = {"legal_reference": "another"}.get(change, posting.today())
    with pytest.raises(IntegrityError, match="publication_terms_stay"):
        Publication.objects.filter(pk=row.pk).update(**{change: told})


def test_publication_never_of_the_sensitive(office: Office) -> None:
    row = posting.a_publication(office, **posting.UNDECIDED)
    Programme.objects.filter(pk=FOOD).update(sensitive=True)
    refused("publication_never_of_the_sensitive", office, begins=8, ends=9)
    with pytest.raises(IntegrityError, match="publication_never_of_the_sensitive"):
        Publication.objects.filter(pk=row.pk).update(
            granted=True, decided_by_id=office.rina.staff_id, decided_at=cases.NOW
        )


@pytest.mark.parametrize("name", ["Wayan", "W*** Sudarma", "Wa***", "", "***"])
def test_published_name_is_masked(office: Office, name: str) -> None:
    row = posting.a_publication(office)
    with pytest.raises(IntegrityError, match="published_name_is_masked"):
        PublishedName.objects.bulk_create(
            PublishedName(
                publication=row, village_code=HERE, number=number, masked=name
            )
            for number in range(5)
        )


def test_published_name_number_once(office: Office) -> None:
    row = posting.a_publication(office)
    posting.names_by_hand(row, HERE, 5)
    with pytest.raises(IntegrityError, match="published_name_number_once"):
        posting.names_by_hand(row, HERE, 5)


def test_published_name_never_of_few(office: Office) -> None:
    row = posting.a_publication(office)
    posting.names_by_hand(row, HERE, 5)
    with pytest.raises(IntegrityError, match="published_name_never_of_few"):
        posting.names_by_hand(row, "35.10.09.2004", 4)


def test_a_programme_is_sensitive_unless_somebody_said_otherwise() -> None:
    new = Programme.objects.create(
        code="new",
        name="Baru",
        name_en="New",
        unit="family",
        period="month",
        amount=1,
        funding="APBD",
        since=cases.TODAY,
    )
    assert Programme.objects.get(pk=new.pk).sensitive
