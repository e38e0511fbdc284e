"""A demo begins whenever somebody is curious, also in the first minutes of a year."""

from datetime import datetime

import pytest
import time_machine
from django.db import connection

from smartkampung.demo.build import Plan, steps
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.reopening.cases.models import ZoneDay

NEW_YEAR = datetime(2027, 1, 1, 0, 3, tzinfo=WIB)


@pytest.mark.slow
@pytest.mark.django_db
def test_a_demo_begins_in_the_first_minutes_of_a_year() -> None:
    with time_machine.travel(NEW_YEAR, tick=True):
        for step in steps():
            act_as(Kind.JOB)  # as a demo begins each step
            step.run(Plan(2_000, 3, NEW_YEAR), lambda done, total: None)
        act_as(Kind.JOB)
        connection.check_constraints()
        # The thirty-first waits a few minutes for its night, as everywhere.
        assert str(ZoneDay.objects.latest("day").day) == "2026-12-30"
