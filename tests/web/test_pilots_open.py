"""What everybody reads of villages that reopen tells of no single house."""

from datetime import timedelta

import pytest
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import day, now
from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.pilots.actions.choosing import close_round, open_round
from smartkampung.reopening.pilots.actions.moving import pause, resume
from smartkampung.reopening.pilots.models import Round
from smartkampung.reopening.pilots.rules.choosing import WEIGHTS
from tests import cast
from tests.cast import FAR_AWAY, HERE, KECAMATAN
from tests.confirmed import case
from tests.domain.pilots.conftest import air as air
from tests.economy import words
from tests.piloting import DAY, JOKO, MAYA, MONDAY, Air, in_recovery

pytestmark = pytest.mark.django_db


def a_closed_round(cases: int) -> Round:
    """Close a round in a kecamatan with so many cases in Sumberwangi."""
    cast.places()
    at = now()
    for number in range(cases):
        on = day(at) - timedelta(days=3)
        case(on, name=f"Komang {number}", address=f"Mawar {number}", at=at)
    round_ = open_round(kecamatan=KECAMATAN, weights=WEIGHTS, by=JOKO, at=at)
    close_round(round_=round_, few_because="Cuma dua.", by=MAYA, at=at)
    return round_


def test_the_public_reads_no_value_of_a_village(client: Client, air: Air) -> None:
    air.values[Indicator.CASES_WEEKLY] = "43.21"
    pilot = in_recovery()
    pause(pilot=pilot, reason="Kasus naik.", by=MAYA, at=MONDAY)
    cast.english(client)
    assert "Paused Emergency" in words(client.get("/pilots/"))
    resume(pilot=pilot, reason="Tenang.", by=MAYA, at=MONDAY + 3 * DAY)
    shown = words(client.get(f"/pilots/{HERE}/"))
    assert "New cases in 7 days, per 100,000 (village): below 50" in shown
    assert "43.21" not in shown
    assert "0.8 on 5 July 2020" in shown  # of the whole regency
    cast.english(cast.sign_in(client, cast.staff("babinsa", Role.BABINSA, HERE)))
    assert "43.21 on 5 July 2020" in words(client.get(f"/staff/pilots/{pilot.pk}/"))


def test_the_public_reads_no_number_of_cases_in_a_round(client: Client) -> None:
    cast.english(client)
    page = f"/pilots/rounds/{a_closed_round(1).pk}/"
    shown = words(client.get(page))
    assert "Few new cases in 14 days 70 of 100 Market" in shown
    assert "new cases in 14 days:" not in shown
    cast.english(cast.sign_in(client, cast.staff("babinsa", Role.BABINSA, FAR_AWAY)))
    assert "70 of 100 (1 to 4 new cases in 14 days)" in words(
        client.get(f"/staff{page}")
    )
