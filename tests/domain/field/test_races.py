"""Two tabs and two lines send one form at the same moment: it is taken in once."""

import uuid
from typing import Any

import pytest
from django.db import transaction

from smartkampung.accounts.models import Staff
from smartkampung.aid.models import FieldCheck, Handover
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


def test_a_form_and_its_proof_that_arrive_at_once_find_each_other(
    settings: Any, tmp_path: Any
) -> None:
    settings.UPLOADS = tmp_path
    with transaction.atomic():
        due = cases.at_the_counter(cases.desk())
        phone = phone_of(Staff.objects.get(username="sari"))
    names = [uuid.uuid4(), uuid.uuid4()]
    form = phone.form(
        "aid.hand_over",
        f"aid.entitlement:{due.pk}",
        {"outcome": "received"},
        photos=[str(names[0])],
        signature=str(names[1]),
    )
    puts = [lambda name=name: phone.put(name) for name in names]
    together(lambda: phone.send_one(form), *puts)
    with transaction.atomic():
        act_as(Kind.JOB)
        assert Record.objects.get().state == "done"
        assert Handover.objects.filter(entitlement=due).count() == 1
