"""Two officers press the same button at once."""

import pytest
from django.db import transaction

from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.targeting.actions.scenarios import (
    ScenarioRefused,
    approve_scenario,
    propose_scenario,
)
from smartkampung.recovery.targeting.models import Ranked
from tests import cast
from tests.cases import NOW
from tests.races import at_once
from tests.targeting import affected, scenario


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_keep_one_ranking() -> None:
    with transaction.atomic():
        act_as(Kind.JOB)
        cast.places()
        affected()
        row = propose_scenario(scenario=scenario(), by="maya", at=NOW)

    def approve() -> str:
        with transaction.atomic():
            act_as(Kind.JOB)
            try:
                approve_scenario(scenario=row, by="joko", at=NOW)
            except ScenarioRefused as refusal:
                return refusal.code
        return "approved"

    assert sorted(at_once(3, approve)) == ["approved", *["scenario_refused"] * 2]
    with transaction.atomic():
        act_as(Kind.JOB)
        assert Ranked.objects.filter(scenario=row).count() == 1
