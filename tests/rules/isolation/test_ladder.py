"""Who can be told of what, whatever a version of the protocol says."""

import pytest

from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.isolation.monitoring.rules.ladder import (
    DUTIES,
    Trigger,
    least_missed,
)
from smartkampung.isolation.protocol.rules import answerable


def test_missed_in_a_row() -> None:
    assert least_missed(3) == {Trigger.MISSED: 1, Trigger.MISSED_AGAIN: 3}


@pytest.mark.parametrize("trigger", list(Trigger))
def test_only_who_may_answer_can_be_told(trigger: Trigger) -> None:
    for role in answerable(trigger):
        assert DUTIES[trigger].permission in PERMISSIONS[role]
        assert Permission.ESCALATION_ANSWER in PERMISSIONS[role]


def test_of_health_only_health_workers_can_be_told() -> None:
    assert set(answerable(Trigger.ILL)) == {Role.PUSKESMAS_OFFICER, Role.DINKES}
    assert Role.BABINSA in answerable(Trigger.MISSED_AGAIN)
