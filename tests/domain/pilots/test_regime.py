"""What applies in a village follows its phase, and never loosens by what is unknown."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from smartkampung.kernel.clock import WIB
from smartkampung.kernel.errors import constraint_name
from smartkampung.reopening.cases.actions.deciding import decide_day
from smartkampung.reopening.cases.actions.isolating import Confirmed, take_over
from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.guidance.rules.kinds import Colour, Setting
from smartkampung.reopening.pilots.models import Pause, PhaseSpell
from smartkampung.reopening.pilots.queries.regime import regime_on
from smartkampung.reopening.pilots.rules.states import State
from tests.cast import HERE, NEXT_DOOR, RT_HERE, places
from tests.confirmed import DAY, houses, none_here, noon
from tests.piloting import a_pilot

pytestmark = pytest.mark.django_db
JUNE, JULY, AUGUST = date(2020, 6, 15), date(2020, 7, 1), date(2020, 8, 1)
AT = datetime(2020, 6, 30, 8, tzinfo=WIB)


@pytest.fixture(autouse=True)
def _the_villages() -> None:
    places()


def spell(since: date = JULY, until: date | None = None) -> PhaseSpell:
    return PhaseSpell.objects.create(
        village_id=HERE,
        phase="recovery",
        since=since,
        until=until,
        reason="Gerbang terbuka.",
        by="ketut",
        at=AT,
    )


def test_a_village_is_in_the_strictest_phase_until_it_moves() -> None:
    spell(until=AUGUST)
    assert [
        (found := regime_on(HERE, on)) and found.phase.code
        for on in (JUNE, JULY, AUGUST)
    ] == ["emergency", "recovery", "emergency"]
    next_door = regime_on(NEXT_DOOR, JULY)
    assert next_door is not None
    assert (next_door.phase.code, next_door.since) == ("emergency", None)


def test_nothing_applies_before_any_guidance() -> None:
    assert regime_on(HERE, date(2020, 5, 31)) is None


def test_capacity_follows_the_phase() -> None:
    spell()
    found = regime_on(HERE, JULY)
    assert found is not None
    assert found.capacity[Setting.MOSQUE] == 50
    assert found.capacity[Setting.FESTIVAL] == 0
    assert (found.since, found.reason, found.verified) == (
        JULY,
        "Gerbang terbuka.",
        False,
    )


def test_village_is_in_one_phase() -> None:
    spell()
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        spell(since=AUGUST)
    assert constraint_name(caught.value) == "village_is_in_one_phase"


def test_phase_spell_never_ends_before_it_begins() -> None:
    spell(until=JULY)  # taken back on its own day: it never applied
    assert (found := regime_on(HERE, JULY))
    assert found.phase.code == "emergency"
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        spell(until=JUNE)
    assert constraint_name(caught.value) == "phase_spell_never_ends_before_it_begins"


def test_phase_spell_only_ends() -> None:
    row = spell()
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        PhaseSpell.objects.filter(pk=row.pk).update(phase="new_normal")


def test_phase_spell_kept() -> None:
    row = spell()
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        row.delete()


def test_a_paused_village_lives_by_the_strictest_phase() -> None:
    spell()
    Pause.objects.create(
        pilot=a_pilot(state=State.PAUSED),
        since=date(2020, 7, 10),
        until=date(2020, 7, 20),
        reason="Kasus naik.",
        by="maya",
        at=AT,
    )
    found = [regime_on(HERE, date(2020, 7, on)) for on in (9, 10, 19, 20)]
    assert [(one.phase.code, one.paused) for one in found if one] == [
        ("recovery", False),
        ("emergency", True),
        ("emergency", True),
        ("recovery", False),
    ]
    assert found[1] is not None
    assert (found[1].since, found[1].reason) == (date(2020, 7, 10), "Kasus naik.")


def test_known_houses_bind_though_their_village_is_silent() -> None:
    """Cases from isolation come in unheard: red by twelve houses is red."""
    spell(since=DAY)
    none_here(DAY)
    decide_day(on=DAY, at=noon(DAY + timedelta(days=1)))
    late = DAY + timedelta(days=8)
    for name in "abcdefghijkl":
        home = f"Mawar {name}"
        found = Confirmed(name * 3, RT_HERE, home, late, None, None, "ratna")
        take_over(found=found, at=noon(late))
    decide_day(on=late, at=noon(late + timedelta(days=1)))
    found_ = regime_on(RT_HERE, late + timedelta(days=1))
    assert found_ is not None
    assert (found_.colour, found_.kept, found_.gathering) == (Colour.RED, None, 3)
    assert found_.capacity[Setting.MOSQUE] == 0


def test_silence_keeps_what_the_last_colour_closed() -> None:
    spell(since=DAY)
    houses(12)
    decide_day(on=DAY, at=noon(DAY + timedelta(days=1)))
    red = regime_on(RT_HERE, DAY + timedelta(days=1))
    assert red is not None
    assert (red.colour, red.kept, red.gathering) == (Colour.RED, None, 3)
    decide_day(on=DAY + timedelta(days=7), at=noon(DAY + timedelta(days=8)))
    silent = regime_on(RT_HERE, DAY + timedelta(days=8))
    assert silent is not None
    assert (silent.colour, silent.kept) == (None, (Colour.RED, DAY))
    assert (silent.capacity, silent.gathering) == (red.capacity, red.gathering)


def test_a_phase_may_say_how_many_may_gather() -> None:
    found = Guidance.objects.get(kind="phases")
    body = {**found.body}
    body["phases"] = [{**one, "gathering": 30} for one in body["phases"]]
    Guidance.objects.create(
        kind="phases",
        since=DAY - timedelta(days=1),
        body=body,
        legal_reference="SE Bupati",
        by="nia",
        at=noon(DAY - timedelta(days=3)),
        verified_by="kadinkes",
        verified_at=noon(DAY - timedelta(days=2)),
    )
    village = regime_on(HERE, DAY)
    assert village is not None
    assert village.gathering == 30


def test_an_rt_that_was_never_decided_lives_by_its_phase() -> None:
    spell(since=DAY)
    found, village = regime_on(RT_HERE, DAY), regime_on(HERE, DAY)
    assert found is not None
    assert village is not None
    assert (found.colour, found.kept) == (None, None)
    assert (found.capacity, found.gathering) == (village.capacity, village.gathering)


def test_what_binds_today_is_what_was_known_of_the_day_before() -> None:
    houses(12)
    today, tomorrow = regime_on(RT_HERE, DAY), regime_on(RT_HERE, DAY + timedelta(1))
    assert today is not None
    assert tomorrow is not None
    assert (today.colour, tomorrow.colour) == (None, Colour.RED)
