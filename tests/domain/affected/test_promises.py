"""What the tables promise, whoever writes."""

from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError

from smartkampung.recovery.affected.models import (
    Affected,
    Confirmation,
    FollowUp,
    Registration,
    Sector,
    Situation,
)
from tests.affected import LATER, NOON, registered, waiting
from tests.cast import sari
from tests.reporting import wayan

pytestmark = pytest.mark.django_db


def breaks(name: str, **changes: Any) -> None:
    """Say that changing the record in this way breaks the promise."""
    waiting()
    with pytest.raises(IntegrityError, match=name):
        Affected.objects.update(**changes)


def test_affected_closed_says_when() -> None:
    breaks("affected_closed_says_when", state="recovered")


def test_affected_verified_says_by_whom() -> None:
    breaks("affected_verified_says_by_whom", state="verified", verified_at=LATER)


def test_affected_share_possible() -> None:
    breaks("affected_share_possible", sales_down_percent=101)


def test_affected_money_not_negative() -> None:
    breaks("affected_money_not_negative", debts=-1)


def test_registration_joined_names_a_record() -> None:
    wayan()
    registered()
    with pytest.raises(IntegrityError, match="registration_joined_names_a_record"):
        Registration.objects.update(affected=None)


def test_registration_turned_away_says_why_in_the_table() -> None:
    waiting()
    with pytest.raises(IntegrityError, match="registration_turned_away_says_why"):
        Registration.objects.update(state="turned_away", affected=None)


def test_registration_names_who_registered() -> None:
    waiting()
    with pytest.raises(IntegrityError, match="registration_names_who_registered"):
        Registration.objects.update(channel="assisted")


def test_affected_one_open_per_person_in_the_table() -> None:
    case = waiting()
    case.pk = None
    with pytest.raises(IntegrityError, match="affected_one_open_per_person"):
        case.save(force_insert=True)


def test_every_branch_lies_in_a_section_of_kbli() -> None:
    sectors = list(Sector.objects.all())
    assert len(sectors) == 25
    assert {sector.kbli[0] for sector in sectors} <= set("ABCDEFGHIJKLMNOPQRSTU")
    assert sum(sector.tourism for sector in sectors) == 10


def confirmation(**changes: Any) -> Confirmation:
    """Ask the owner of the boats where Wayan worked."""
    officer = sari()
    given: dict[str, Any] = {
        "affected": waiting(),
        "code_hash": b"1",
        "asked_of": "Perahu Bangsring",
        "person_name": "Wayan Sudarma",
        "kind": "laid_off",
        "happened_on": LATER.date(),
        "asked_by": officer,
        "asked_at": NOON,
        "expires_at": LATER,
        **changes,
    }
    return Confirmation.objects.create(**given)


def test_confirmation_answer_says_who_and_when() -> None:
    with pytest.raises(IntegrityError, match="confirmation_answer_says_who_and_when"):
        confirmation(answer="confirmed")


def test_confirmation_paper_names_who_wrote() -> None:
    with pytest.raises(IntegrityError, match="confirmation_paper_names_who_wrote"):
        confirmation(on_paper=True)


def test_confirmation_answered_once() -> None:
    said = confirmation(answer="confirmed", told_by="Pak Made", answered_at=NOON)
    with pytest.raises(ProgrammingError, match="pgtrigger: Cannot update"):
        Confirmation.objects.filter(pk=said.pk).update(answer="not_known")


def situation(**changes: Any) -> Situation:
    """Tell how Wayan is doing."""
    given = {"work": "none", "direction": "worse", "income": 0, **changes}
    return Situation.objects.create(affected=waiting(), told_at=NOON, **given)


def test_situation_income_not_negative() -> None:
    with pytest.raises(IntegrityError, match="situation_income_not_negative"):
        situation(income=-1)


def test_situation_append_only() -> None:
    told = situation()
    with pytest.raises(ProgrammingError, match="pgtrigger: Cannot update"):
        Situation.objects.filter(pk=told.pk).update(income=1)


def test_follow_up_once() -> None:
    case = waiting()
    FollowUp.objects.create(affected=case, months=1, due_on=LATER.date())
    with pytest.raises(IntegrityError, match="follow_up_once"):
        FollowUp.objects.create(affected=case, months=1, due_on=LATER.date())


def test_follow_up_answer_says_who_and_when() -> None:
    with pytest.raises(IntegrityError, match="follow_up_answer_says_who_and_when"):
        FollowUp.objects.create(
            affected=waiting(), months=1, due_on=LATER.date(), outcome="fell_back"
        )
