"""What the database promises about pilots, whoever writes to it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, models, transaction

from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import constraint_name
from smartkampung.reopening.pilots.models import (
    Answers,
    Candidate,
    Evidence,
    Pause,
    Pilot,
    Proposal,
    Round,
    SignOff,
    Turn,
    Visit,
)
from tests.cast import HERE, KECAMATAN, places
from tests.piloting import DAY, MONDAY, a_pilot

pytestmark = pytest.mark.django_db
TODAY: date = day(MONDAY)
SIGNED = {"by": "maya", "at": MONDAY}


def broken(write: Callable[[], Any]) -> str | None:
    """Return the constraint that a write breaks."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    return constraint_name(caught.value)


def kept(row: models.Model, **change: Any) -> bool:
    """Say whether a row refuses a change and its deletion."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    for act in (lambda: rows.update(**change), rows.delete):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            act()
    return True


def fixed(row: models.Model, **change: Any) -> bool:
    """Say whether a row refuses a change."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        rows.update(**change)
    return True


def a_pause(pilot: Pilot, **told: Any) -> Pause:
    return Pause.objects.create(
        **{"pilot": pilot, "since": TODAY, "reason": "x", **SIGNED, **told}
    )


def a_proposal(**told: Any) -> Proposal:
    known = {"indicator": "tests", "of": "regency", "on": TODAY, "evaluation": {}}
    known |= {"at": MONDAY, "due_at": MONDAY}
    pilot = told.pop("pilot", None) or a_pilot()
    return Proposal.objects.create(pilot=pilot, **{**known, **told})


def a_sign(**told: Any) -> SignOff:
    known = {"to": "recovery", "role": "babinsa", "digest": "x", "evaluation": {}}
    pilot = told.pop("pilot", None) or a_pilot()
    return SignOff.objects.create(pilot=pilot, **{**known, **SIGNED, **told})


def a_round(**told: Any) -> Round:
    places()
    known = {"kecamatan_id": KECAMATAN, "weights": {}, "on": TODAY}
    known |= {"opened_by": "maya", "opened_at": MONDAY}
    return Round.objects.create(**{**known, **told})


def a_candidate(**told: Any) -> Candidate:
    known = {"village_id": HERE, "place": 3, "score": 1, "points": []}
    round_ = told.pop("round", None) or a_round()
    return Candidate.objects.create(round=round_, **{**known, "chosen": False, **told})


def test_pilot_open_once_a_village() -> None:
    a_pilot()
    assert broken(a_pilot) == "pilot_open_once_a_village"
    Pilot.objects.update(state="ended", ended_on=TODAY)
    a_pilot()


def test_pilot_end_says_when() -> None:
    rows = Pilot.objects.filter(pk=a_pilot().pk)
    assert broken(lambda: rows.update(state="ended")) == "pilot_end_says_when"
    assert broken(lambda: rows.update(ended_on=TODAY)) == "pilot_end_says_when"


def test_pilot_paused_once() -> None:
    pilot = a_pilot()
    a_pause(pilot, until=TODAY)
    a_pause(pilot)
    assert broken(lambda: a_pause(pilot)) == "pilot_paused_once"


def test_pause_never_ends_before_it_begins() -> None:
    pilot = a_pilot()
    name = broken(lambda: a_pause(pilot, until=TODAY - DAY))
    assert name == "pause_never_ends_before_it_begins"


def test_pause_only_ends() -> None:
    row = a_pause(a_pilot())
    assert fixed(row, reason="y")
    Pause.objects.update(until=TODAY)


def test_pilot_turn_append_only() -> None:
    row = Turn.objects.create(pilot=a_pilot(), what="ready", on=TODAY, **SIGNED)
    assert kept(row, reason="y")


def test_pilot_evidence_has_people() -> None:
    told = {"pilot": a_pilot(), "step": "education", "on": TODAY, **SIGNED}
    name = broken(lambda: Evidence.objects.create(people=0, **told))
    assert name == "pilot_evidence_has_people"


def test_pilot_evidence_append_only() -> None:
    row = Evidence.objects.create(
        pilot=a_pilot(), step="education", on=TODAY, people=1, **SIGNED
    )
    assert kept(row, people=2)


def test_pilot_visit_says_what_is_missing() -> None:
    told = {"pilot": a_pilot(), "on": TODAY, **SIGNED}
    for wrong in ({"passed": False}, {"passed": True, "missing": "x"}):
        name = broken(partial(Visit.objects.create, **told, **wrong))
        assert name == "pilot_visit_says_what_is_missing"


def test_pilot_visit_append_only() -> None:
    row = Visit.objects.create(pilot=a_pilot(), on=TODAY, passed=True, **SIGNED)
    assert kept(row, passed=False)


def test_pilot_proposal_once_for_an_indicator() -> None:
    first = a_proposal()
    again = {"pilot": first.pilot}
    assert broken(lambda: a_proposal(**again)) == "pilot_proposal_once_until_calm"
    a_proposal(**again, indicator="reproduction")
    Proposal.objects.filter(pk=first.pk).update(calm_on=TODAY + DAY)
    a_proposal(**again)


def test_pilot_proposal_calm_afterwards() -> None:
    a_proposal()
    name = broken(lambda: Proposal.objects.update(calm_on=TODAY))
    assert name == "pilot_proposal_calm_afterwards"


def test_pilot_proposal_decision_is_signed() -> None:
    a_proposal()
    for half in ({"decision": "keep"}, {"decided_by": "maya", "reason": "x"}):
        name = broken(partial(Proposal.objects.update, **half))
        assert name == "pilot_proposal_decision_is_signed"


def test_pilot_proposal_only_decided() -> None:
    assert fixed(a_proposal(), evaluation={"until": "x"})


def test_pilot_sign_once_while_it_stands() -> None:
    first = a_sign()
    again = {"pilot": first.pilot, "by": "joko"}
    assert broken(lambda: a_sign(**again)) == "pilot_sign_once"
    other = {"pilot": first.pilot, "role": "village_head"}
    assert broken(lambda: a_sign(**other)) == "pilot_signer_signs_once"
    SignOff.objects.update(fell_on=TODAY)
    a_sign(**again)


def test_pilot_sign_ends_one_way() -> None:
    a_sign(moved_on=TODAY)
    name = broken(lambda: SignOff.objects.update(fell_on=TODAY))
    assert name == "pilot_sign_ends_one_way"


def test_pilot_sign_only_ends() -> None:
    assert fixed(a_sign(), digest="y")


def test_pilot_round_open_once() -> None:
    a_round()
    assert broken(a_round) == "pilot_round_open_once"


def test_pilot_round_closed_by_another() -> None:
    a_round()
    for half in (
        {"closed_by": "maya", "closed_at": MONDAY},
        {"closed_by": "joko"},
        {"closed_at": MONDAY},
    ):
        name = broken(partial(Round.objects.update, **half))
        assert name == "pilot_round_closed_by_another"


def test_pilot_round_closed_by_no_overrider() -> None:
    a_candidate(overridden_by="joko")
    close = partial(Round.objects.update, closed_at=MONDAY)
    name = broken(partial(close, closed_by="joko"))
    assert name == "pilot_round_closed_by_no_overrider"
    close(closed_by="wati")


def test_pilot_round_only_closes() -> None:
    assert fixed(a_round(), weights={"zone": 1})


def test_pilot_candidate_once() -> None:
    first = a_candidate()
    assert broken(lambda: a_candidate(round=first.round)) == "pilot_candidate_once"


def test_pilot_candidate_override_says_why() -> None:
    a_candidate()
    name = broken(lambda: Candidate.objects.update(chosen=True))
    assert name == "pilot_candidate_override_says_why"
    Candidate.objects.update(chosen=True, reason="Pasar induk.")


def test_pilot_candidate_only_chosen() -> None:
    assert fixed(a_candidate(), score=1000)


def test_pilot_answers_append_only() -> None:
    places()
    row = Answers.objects.create(
        village_id=HERE, yes=[], market=True, tourism=False, **SIGNED
    )
    assert kept(row, market=False)
