"""Two villages of a kecamatan are chosen in the open; out of order with a reason."""

from collections.abc import Callable

import pytest

from smartkampung.accounts.actor import Actor
from smartkampung.audit.models import Event
from smartkampung.kernel.clock import day
from smartkampung.regions.models import Region
from smartkampung.reopening.cases.rules.zones import Zones
from smartkampung.reopening.guidance.rules.kinds import Colour
from smartkampung.reopening.pilots.actions.choosing import (
    answer,
    choose,
    close_round,
    open_round,
)
from smartkampung.reopening.pilots.actions.errors import PilotRefused
from smartkampung.reopening.pilots.models import Candidate, Pilot, Round, Turn
from smartkampung.reopening.pilots.queries import candidates
from smartkampung.reopening.pilots.queries.rounds import may_close
from smartkampung.reopening.pilots.rules.choosing import WEIGHTS, Criterion, Question
from smartkampung.reopening.pilots.rules.states import State
from smartkampung.worklist.models import WorkItem
from tests.cast import (
    HERE,
    KECAMATAN,
    NEXT_DOOR,
    OTHER_KECAMATAN,
    RT_HERE,
    places,
)
from tests.piloting import DAY, JOKO, MAYA, MONDAY, SARI, a_pilot

pytestmark = pytest.mark.django_db
THIRD = f"{KECAMATAN}.1005"


@pytest.fixture(autouse=True)
def _three_villages() -> None:
    places()
    Region.objects.create(
        code=THIRD, name="Kotasari", kind="kelurahan", parent_id=KECAMATAN
    )


def opened() -> Round:
    return open_round(kecamatan=KECAMATAN, weights=WEIGHTS, by=MAYA, at=MONDAY)


def village(code: str) -> Candidate:
    return Candidate.objects.get(village=code)


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(PilotRefused) as caught:
        act()
    return caught.value.code


def taken() -> set[str]:
    return set(Pilot.objects.values_list("village_id", flat=True))


def test_a_round_ranks_by_what_villages_said() -> None:
    answer(
        village=HERE,
        yes=list(Question),
        market=True,
        tourism=True,
        by=SARI,
        at=MONDAY,
    )
    opened()
    order = Candidate.objects.order_by("place")
    assert list(order.values_list("village_id", "place", "chosen")) == [
        (HERE, 1, True),
        (THIRD, 2, True),
        (NEXT_DOOR, 3, False),
    ]
    first = order[0]
    assert (first.score, first.points[0]) == (575, ["readiness", 100, 8])
    assert order[1].points[0] == ["readiness", 0, None]


def test_what_nobody_told_of_counts_for_nothing() -> None:
    opened()
    points = {one: (points, fact) for one, points, fact in village(HERE).points}
    assert (points["zone"], points["colour"]) == ((0, None), (0, None))


def test_few_cases_and_green_streets_bring_points(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    yesterday = day(MONDAY) - DAY
    monkeypatch.setattr(candidates, "heard_days", lambda *_asked: [yesterday])
    monkeypatch.setattr(
        candidates, "new_cases_by_village", lambda *_asked: {HERE: {yesterday: 2}}
    )
    zones = Zones(yesterday, 1, "", {RT_HERE: Colour.RED}, {}, frozenset(), {HERE: 4})
    monkeypatch.setattr(candidates, "zones_on", lambda _on: zones)
    opened()
    points = {one: (points, fact) for one, points, fact in village(HERE).points}
    assert (points["zone"], points["colour"]) == ((70, 1), (75, 75))
    next_door = {one: fact for one, _points, fact in village(NEXT_DOOR).points}
    assert (next_door["zone"], next_door["colour"]) == (0, None)


def test_a_colleague_closes_and_the_two_become_pilots() -> None:
    round_ = opened()
    assert code_of(lambda: close(round_, by=MAYA)) == "own_round"
    close(round_)
    assert taken() == {THIRD, HERE}
    assert set(Turn.objects.values_list("what", flat=True)) == {"chosen"}
    assert WorkItem.objects.filter(kind="pilots.prepare").count() == 2
    assert Pilot.objects.filter(chosen_on=day(MONDAY), due_on="2020-07-20").count() == 2
    assert code_of(lambda: close(round_)) == "round_closed"


def close(round_: Round, *, few: str = "", by: Actor = JOKO) -> None:
    close_round(round_=round_, few_because=few, by=by, at=MONDAY)


def test_out_of_order_needs_a_reason_that_stays() -> None:
    round_ = opened()

    def take(code: str, *, chosen: bool, reason: str = "") -> None:
        choose(
            candidate=village(code), chosen=chosen, reason=reason, by=MAYA, at=MONDAY
        )

    assert code_of(lambda: take(NEXT_DOOR, chosen=True)) == "reason_empty"
    take(NEXT_DOOR, chosen=True, reason="Pasar induk ada di sana.")
    assert code_of(lambda: close(round_)) == "too_many"
    take(HERE, chosen=False, reason="Kepala desa sedang berganti.")
    close(round_)
    assert taken() == {THIRD, NEXT_DOOR}
    pilot = Pilot.objects.get(village=NEXT_DOOR)
    assert pilot.turns.get().reason == "Pasar induk ada di sana."
    assert code_of(lambda: take(HERE, chosen=True)) == "round_closed"


def test_who_left_the_order_does_not_close() -> None:
    round_ = opened()

    def leave(by: Actor, reason: str = "Belum ada satgas.") -> None:
        choose(candidate=village(HERE), chosen=False, reason=reason, by=by, at=MONDAY)

    leave(JOKO)
    assert code_of(lambda: close(round_, few="x")) == "own_override"
    leave(MAYA)  # the same again: it is still Joko's
    assert code_of(lambda: close(round_, few="x")) == "own_override"
    leave(MAYA, "Kepala desa sedang berganti.")
    assert not may_close(MAYA, round_)
    assert may_close(JOKO, round_)
    close(round_, few="x")


def test_said_twice_a_choice_is_written_once() -> None:
    opened()
    for _time in range(2):
        choose(candidate=village(HERE), chosen=False, reason="x", by=JOKO, at=MONDAY)
    assert not village(HERE).chosen
    assert Event.objects.filter(name="pilots.candidate_left").count() == 1
    choose(candidate=village(HERE), chosen=True, reason="", by=JOKO, at=MONDAY)
    assert (village(HERE).chosen, village(HERE).overridden_by) == (True, "")


def test_fewer_than_two_need_a_reason() -> None:
    round_ = opened()
    choose(candidate=village(HERE), chosen=False, reason="x", by=MAYA, at=MONDAY)
    assert code_of(lambda: close(round_)) == "too_few"
    close(round_, few="Hanya satu yang siap.")
    round_.refresh_from_db()
    assert (taken(), round_.few_because) == ({THIRD}, "Hanya satu yang siap.")


def test_pilots_take_no_part_again() -> None:
    a_pilot()
    opened()
    assert not Candidate.objects.filter(village=HERE).exists()
    assert code_of(opened) == "round_open"


def test_a_pilot_that_runs_takes_one_of_the_two_places() -> None:
    a_pilot()
    round_ = opened()
    assert round_.places == 1
    assert (village(THIRD).chosen, village(NEXT_DOOR).chosen) == (True, False)
    second = village(NEXT_DOOR)
    for reason, code in (("", "reason_empty"), ("Pasar induk.", "too_many")):

        def take_and_close(reason: str = reason) -> None:
            choose(candidate=second, chosen=True, reason=reason, by=MAYA, at=MONDAY)
            close(round_)

        assert code_of(take_and_close) == code
    choose(candidate=second, chosen=False, reason="", by=MAYA, at=MONDAY)
    close(round_)  # one is all there is a place for: no reason is asked
    assert taken() == {HERE, THIRD}


def test_two_pilots_that_run_leave_no_place_until_one_has_ended() -> None:
    pilot = a_pilot()
    a_pilot(NEXT_DOOR)
    names = Region.objects.filter(code__in=[HERE, NEXT_DOOR]).values_list(
        "name", flat=True
    )
    with pytest.raises(PilotRefused) as caught:
        opened()
    assert caught.value.code == "kecamatan_full"
    assert all(name in str(caught.value.message) for name in names)
    Pilot.objects.filter(pk=pilot.pk).update(state=State.ENDED, ended_on=day(MONDAY))
    assert opened().places == 1


def test_who_became_a_pilot_meanwhile_is_left() -> None:
    round_ = opened()
    a_pilot(THIRD)
    assert code_of(lambda: close(round_)) == "pilot_already"
    assert taken() == {THIRD}


@pytest.mark.parametrize("weight", [-1, 101])
def test_weights_that_cannot_be_used_are_refused(weight: int) -> None:
    wrong = {**WEIGHTS, Criterion.ZONE: weight}
    with pytest.raises(PilotRefused) as caught:
        open_round(kecamatan=KECAMATAN, weights=wrong, by=MAYA, at=MONDAY)
    assert caught.value.code == "wrong_weights"


def test_a_kecamatan_without_villages_has_no_round() -> None:
    Region.objects.filter(parent_id=OTHER_KECAMATAN).delete()
    with pytest.raises(PilotRefused) as caught:
        open_round(kecamatan=OTHER_KECAMATAN, weights=WEIGHTS, by=MAYA, at=MONDAY)
    assert caught.value.code == "no_candidates"


def test_a_village_answers_only_for_itself() -> None:
    with pytest.raises(PilotRefused) as caught:
        answer(
            village=NEXT_DOOR, yes=[], market=False, tourism=False, by=SARI, at=MONDAY
        )
    assert caught.value.code == "not_your_area"
