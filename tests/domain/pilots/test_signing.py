"""A gate opens by what is known, by every office once, and moves a village once."""

from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import override

from smartkampung.accounts.actor import Actor, Post
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import day
from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.pilots.actions.errors import PilotRefused
from smartkampung.reopening.pilots.actions.signing import sign
from smartkampung.reopening.pilots.actions.watching import watch
from smartkampung.reopening.pilots.models import PhaseSpell, Pilot, SignOff, Turn
from smartkampung.reopening.pilots.queries.evaluation import Evaluation
from smartkampung.reopening.pilots.queries.pilots import next_gate
from smartkampung.reopening.pilots.queries.regime import regime_on
from smartkampung.reopening.pilots.queries.starts import pilot_starts, pilot_villages
from smartkampung.reopening.pilots.words import reason_said
from smartkampung.web.aid_staff.kinds import PERMISSIONS
from smartkampung.worklist.models import WorkItem
from smartkampung.worklist.queries import work_for
from tests.cast import HERE, REGENCY
from tests.piloting import (
    DAY,
    MONDAY,
    RECOVERY,
    SIGNERS,
    Air,
    a_pilot,
    a_ready_pilot,
    in_new_normal,
    in_recovery,
    signed_by,
)
from tests.races import together

pytestmark = pytest.mark.django_db
ALL_BUT_ONE, LAST = RECOVERY[:-1], RECOVERY[-1]


def code_of(pilot: Pilot, *roles: Role) -> str:
    """Return with which code a signature is refused."""
    with pytest.raises(PilotRefused) as caught:
        signed_by(pilot, *roles)
    return caught.value.code


@pytest.mark.usefixtures("air")
def test_the_last_signature_moves_the_village_and_keeps_what_was_read() -> None:
    pilot = signed_by(a_ready_pilot(), *ALL_BUT_ONE)
    assert (pilot.state, pilot_starts()) == ("ready", {})
    signed_by(pilot, LAST)
    assert (pilot.state, pilot_starts()) == ("running", {HERE: day(MONDAY)})
    assert pilot_villages() == {HERE}
    found = regime_on(HERE, day(MONDAY))
    assert found is not None
    assert (found.phase.code, found.reason) == (
        "recovery",
        "Gerbang terbuka, dan semua kantor sudah menandatangani.",
    )
    with override("en"):
        said = reason_said(found.reason)
        assert said == "The gate is open, and every office has signed."
        assert reason_said("Pasar siap.") == "Pasar siap.", "in the words of a person"
    turn = Turn.objects.get(what="forward")
    assert turn.evaluation is not None
    assert turn.evaluation["guidance"] == Guidance.objects.get(kind="gates").pk
    assert [need["verdict"] for need in turn.evaluation["needs"]] == ["met"] * 4
    assert len(turn.evaluation["needs"][0]["seen"]) == 14
    told = WorkItem.objects.filter(target=f"pilots.turn:{turn.pk}")
    assert set(told.values_list("kind", flat=True)) == {
        "pilots.told_village",
        "pilots.told_pillars",
    }


@pytest.mark.usefixtures("air")
def test_new_normal_waits_for_the_bupati() -> None:
    pilot = in_recovery()
    signed_by(pilot, *RECOVERY)
    found = regime_on(HERE, day(MONDAY))
    assert found is not None
    assert found.phase.code == "recovery"
    signed_by(pilot, Role.LEADERSHIP)
    found = regime_on(HERE, day(MONDAY))
    assert found is not None
    assert found.phase.code == "new_normal"
    assert next_gate(pilot, day(MONDAY)) is None


@pytest.mark.parametrize("indicator", list(Indicator))
@pytest.mark.parametrize("state", ["gone", "bad"])
def test_a_gate_never_opens_on_what_is_missing(
    air: Air, indicator: Indicator, state: str
) -> None:
    pilot = in_recovery()
    bad = "1" if indicator in {Indicator.TESTS, Indicator.COMPLIANCE} else "999"
    air.on[indicator, day(MONDAY) - DAY] = None if state == "gone" else bad
    asked = {need.need.indicator for need in gate_of(pilot).judged}
    if indicator not in asked:
        signed_by(pilot, *SIGNERS)
        return
    code = "cannot_decide" if state == "gone" else "gate_shut"
    assert {code_of(pilot, role) for role in SIGNERS} == {code}
    assert not SignOff.objects.filter(to="new_normal").exists()
    if state == "gone":
        (gap,) = gate_of(pilot).undecided
        assert gap.missing is not None
        assert (gap.need.indicator, gap.missing.missing) == (indicator, "no_data")


def gate_of(pilot: Pilot) -> Evaluation:
    found = next_gate(pilot, day(MONDAY))
    assert found is not None
    return found


def test_without_a_provider_compliance_cannot_be_decided(
    air: Air, settings: Any
) -> None:
    pilot = in_recovery()
    settings.COMPLIANCE = ""
    (gap,) = gate_of(pilot).undecided
    assert gap.missing is not None
    assert gap.missing.missing == "no_provider"


@pytest.mark.usefixtures("air")
def test_pilot_sign_once() -> None:
    pilot = signed_by(a_ready_pilot(), Role.BABINSA)
    assert code_of(pilot, Role.BABINSA) == "signed_already"
    assert SignOff.objects.count() == 1


@pytest.mark.usefixtures("air")
def test_pilot_signer_signs_once() -> None:
    pilot = signed_by(a_ready_pilot(), Role.BABINSA)
    both = Actor(
        1, "babinsa", (Post(Role.BABINSA, (HERE,)), Post(Role.VILLAGE_HEAD, (HERE,)))
    )
    with pytest.raises(PilotRefused) as caught:
        sign_as(pilot, Role.VILLAGE_HEAD, both)
    assert caught.value.code == "signed_for_another"


def sign_as(pilot: Pilot, role: Role, by: Actor, digest: str = "") -> None:
    found = gate_of(pilot)
    sign(
        pilot=pilot,
        role=role,
        to=found.gate.to,
        digest=digest or found.digest,
        by=by,
        at=MONDAY,
    )


@pytest.mark.usefixtures("air")
@pytest.mark.parametrize(
    ("role", "by"),
    [
        (Role.VILLAGE_HEAD, SIGNERS[Role.BABINSA]),
        (Role.LEADERSHIP, SIGNERS[Role.LEADERSHIP]),
        (
            Role.VILLAGE_HEAD,
            Actor(1, "kades", (Post(Role.VILLAGE_HEAD, (f"{REGENCY}.10.2001",)),)),
        ),
    ],
    ids=["another office", "not asked at this gate", "another village"],
)
def test_each_signs_for_the_own_office_here(role: Role, by: Actor) -> None:
    with pytest.raises(PilotRefused) as caught:
        sign_as(a_ready_pilot(), role, by)
    assert caught.value.code == "not_your_office"


def test_what_was_read_is_what_is_signed(air: Air) -> None:
    pilot = a_ready_pilot()
    read = gate_of(pilot).digest
    air.values[Indicator.BED_OCCUPANCY] = "41"
    with pytest.raises(PilotRefused) as caught:
        sign_as(pilot, Role.BABINSA, SIGNERS[Role.BABINSA], digest=read)
    assert caught.value.code == "readings_changed"


@pytest.mark.closes("pilots.visit")
@pytest.mark.usefixtures("air")
def test_nobody_signs_for_a_phase_that_is_not_next() -> None:
    pilot = a_ready_pilot()
    with pytest.raises(PilotRefused) as caught:
        sign(
            pilot=pilot,
            role=Role.BABINSA,
            to="new_normal",
            digest="",
            by=SIGNERS[Role.BABINSA],
            at=MONDAY,
        )
    assert caught.value.code == "moved_on"
    assert next_gate(a_pilot_not_ready(), day(MONDAY)) is None


def a_pilot_not_ready() -> Pilot:
    Pilot.objects.update(state="ended", ended_on=day(MONDAY))
    return a_pilot()


def test_signatures_fall_when_readings_turn_bad(air: Air) -> None:
    pilot = signed_by(a_ready_pilot(), *ALL_BUT_ONE)
    air.values[Indicator.BED_OCCUPANCY] = None
    watch(at=MONDAY)  # a gap decides nothing, not even that
    assert SignOff.objects.filter(fell_on=None).count() == 4
    air.values[Indicator.BED_OCCUPANCY] = "70"
    watch(at=MONDAY)
    assert not SignOff.objects.filter(fell_on=None).exists()
    assert Turn.objects.latest("pk").what == "signs_fell"
    air.values[Indicator.BED_OCCUPANCY] = "40"
    signed_by(pilot, LAST)
    assert pilot.state == "ready"
    assert not PhaseSpell.objects.exists()


@pytest.mark.closes("pilots.sign_*")
@pytest.mark.usefixtures("air")
def test_offices_are_asked_once_while_the_gate_is_open(air: Air) -> None:
    pilot = a_ready_pilot()
    watch(at=MONDAY)
    watch(at=MONDAY + DAY)
    asked = WorkItem.objects.filter(kind__startswith="pilots.sign", closed_at=None)
    assert asked.count() == len(RECOVERY)
    pilot.refresh_from_db()
    assert pilot.due_on == day(MONDAY) + 3 * DAY
    air.values[Indicator.TESTS] = "10"
    watch(at=MONDAY + DAY)
    assert not asked.exists()


@pytest.mark.usefixtures("air")
def test_each_office_finds_its_own_turn_which_leaves_when_it_signed() -> None:
    pilot = a_ready_pilot()
    watch(at=MONDAY)
    babinsa, head = SIGNERS[Role.BABINSA], SIGNERS[Role.VILLAGE_HEAD]
    assert turns_of(babinsa) == ["pilots.sign_babinsa"]
    assert turns_of(head) == ["pilots.sign_village"]
    assert turns_of(SIGNERS[Role.LEADERSHIP]) == []  # this gate does not ask it
    signed_by(pilot, Role.BABINSA)
    assert (turns_of(babinsa), len(turns_of(head))) == ([], 1)
    watch(at=MONDAY + DAY)  # nobody is asked for what they have signed
    assert (turns_of(babinsa), len(turns_of(head))) == ([], 1)


def turns_of(signer: Actor) -> list[str]:
    """Return the turns to sign on somebody's list of work."""
    return [item.kind for item in work_for(signer, PERMISSIONS)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("air")
def test_two_signatures_at_once_move_a_village_once() -> None:
    pilot = signed_by(a_ready_pilot(), *ALL_BUT_ONE[:-1])

    def signing(role: Role) -> str:
        try:
            with transaction.atomic():
                sign_as(Pilot.objects.get(pk=pilot.pk), role, SIGNERS[role])
        except PilotRefused as refused:
            return refused.code
        return "signed"

    one, other = ALL_BUT_ONE[-1], LAST
    works = [lambda role=role: signing(role) for role in (one, other, one, other)]
    answers = together(*works)
    assert answers.count("signed") == 2
    assert SignOff.objects.exclude(moved_on=None).count() == len(RECOVERY)
    assert PhaseSpell.objects.count() == 1
    assert Turn.objects.filter(what="forward").count() == 1


@pytest.mark.usefixtures("air")
def test_a_village_that_is_in_the_last_phase_signs_nothing_more() -> None:
    pilot = in_new_normal()
    watch(at=MONDAY + DAY)
    assert not WorkItem.objects.filter(
        kind__startswith="pilots.sign", closed_at=None
    ).exists()
    with pytest.raises(PilotRefused) as caught:
        sign(
            pilot=pilot,
            role=Role.BABINSA,
            to="new_normal",
            digest="",
            by=SIGNERS[Role.BABINSA],
            at=MONDAY,
        )
    assert caught.value.code == "moved_on"
