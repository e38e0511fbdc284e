"""Two tabs and two lines send one form at the same moment: it is taken in once."""

import uuid

import pytest
from django.db import transaction

from smartkampung.accounts.models import Staff
from smartkampung.aid.models import FieldCheck
from smartkampung.frontline.field.models import Record
from smartkampung.kernel.rls import Kind, act_as
from tests import cases
from tests.fieldwork import phone_of, visit_answers
from tests.population import wayan
from tests.races import at_once, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_one_form_from_many_tabs_is_one_visit() -> None:
    with transaction.atomic():
        cases.desk()
        claim = cases.claim_of(wayan())
        phone = phone_of(Staff.objects.get(username="sari"))
    target = f"aid.claim:{claim.pk}"
    form = phone.form("aid.field_check", target, visit_answers())
    receipts = at_once(8, lambda: phone.send_one(form))
    assert {one["state"] for one in receipts} == {"done"}
    assert sorted(one["repeated"] for one in receipts) == [False] + [True] * 7
    with transaction.atomic():
        act_as(Kind.JOB)
        assert (Record.objects.count(), FieldCheck.objects.count()) == (1, 1)


def test_of_two_sets_of_answers_at_once_one_stands() -> None:
    with transaction.atomic():
        cases.desk()
        claim = cases.claim_of(wayan())
        phone = phone_of(Staff.objects.get(username="sari"))
    target = f"aid.claim:{claim.pk}"
    forms = [
        phone.form("aid.field_check", target, visit_answers(recommends=yes))
        for yes in (True, False)
    ]
    forms[1]["id"] = forms[0]["id"]
    receipts = together(*[lambda form=form: phone.send_one(form) for form in forms])
    assert sorted(one["state"] for one in receipts) == ["done", "held"]
    with transaction.atomic():
        act_as(Kind.JOB)
        assert FieldCheck.objects.get().pk == uuid.UUID(forms[0]["id"])
