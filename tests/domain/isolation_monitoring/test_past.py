"""Of the alerts about somebody, everybody reads those that they might answer."""

import pytest

from smartkampung.accounts.roles import Permission, Role
from smartkampung.isolation.monitoring.actions.alerts import answered, escalate
from smartkampung.isolation.monitoring.past import alerts_of
from smartkampung.isolation.monitoring.rules.ladder import Trigger
from tests import cast
from tests.watching import on_day, present, ratna, rights, see_as

pytestmark = pytest.mark.django_db


def test_pillars_read_who_was_missed_or_left_and_never_who_is_ill() -> None:
    stay, doctor = present(), ratna()
    for trigger in Trigger:
        escalate(stay, trigger, at=on_day(2), by="test")
    answered(stay, [Trigger.LEFT], at=on_day(3), by="test")
    roles = (Role.BABINSA, Role.BHABINKAMTIBMAS, Role.RT_HEAD)
    pillars = [rights(cast.staff(f"one-{role}", role, cast.HERE)) for role in roles]
    seen = {}
    for actor in (doctor, *pillars):
        see_as(actor, Permission.STAY_VIEW)
        seen[actor.username] = {row.trigger for row in alerts_of(actor, stay)}
    assert seen["ratna"] == {trigger.value for trigger in Trigger}
    assert {who: kinds for who, kinds in seen.items() if who != "ratna"} == {
        f"one-{role}": {"missed_again", "left"} for role in roles
    }
