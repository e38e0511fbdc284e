"""The words of pilots, the same on every page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.pilots.rules.choosing import Criterion, Question
from smartkampung.reopening.pilots.rules.gates import Verdict
from smartkampung.reopening.pilots.rules.states import (
    Decision,
    State,
    Step,
    What,
    Whynot,
)

STATES: dict[State, tuple[str, Promise]] = {
    State.CHOSEN: ("info", _("Chosen")),
    State.PREPARING: ("wait", _("Preparing")),
    State.READY: ("ok", _("Ready")),
    State.RUNNING: ("ok", _("Reopening")),
    State.PAUSED: ("late", _("Paused")),
    State.ENDED: ("off", _("Ended")),
}
STEPS: dict[Step, Promise] = {
    Step.EDUCATION: _("Education of residents"),
    Step.SOCIALISATION: _("Socialisation"),
    Step.SIMULATION: _("Simulation"),
}
HAPPENED: dict[What, Promise] = {
    What.CHOSEN: _("Chosen as a pilot"),
    What.EVIDENCE: _("Evidence of preparation"),
    What.VISIT_FAILED: _("The task force came: something is missing"),
    What.READY: _("The task force came: ready"),
    What.SIGNED: _("An office signed"),
    What.SIGNS_FELL: _("Signatures fell"),
    What.FORWARD: _("Went on to the next phase"),
    What.PROPOSED: _("Readings turned worse: going back is proposed"),
    What.KEPT: _("Decided: stays as it is"),
    What.PAUSED: _("Paused"),
    What.RESUMED: _("Resumed"),
    What.BACK: _("Went back a phase"),
    What.ENDED: _("The pilot ended"),
}
DECISIONS: dict[Decision, Promise] = {
    Decision.PAUSE: _("Pause"),
    Decision.BACK: _("Go back a phase"),
    Decision.KEEP: _("Stay as it is"),
}
WHYNOT: dict[Whynot, Promise] = {
    Whynot.NOT_PREPARING: _("This village is not being prepared any more."),
    Whynot.STEP_BEFORE: _(
        "Write down the step before this one first: education, socialisation,"
        " simulation."
    ),
    Whynot.STEPS_MISSING: _(
        "All three steps need evidence before the task force judges the village."
    ),
    Whynot.OWN_EVIDENCE: _(
        "You gave evidence for this village yourself, so a colleague must judge it."
    ),
    Whynot.NOT_READY: _("Only a village that is ready and not paused can go on."),
    Whynot.NOT_RUNNING: _("This village is in no later phase that could be left."),
    Whynot.NOT_PAUSED: _("This village is not paused."),
    Whynot.PAUSED: _("This village is paused already."),
    Whynot.FIRST_PHASE: _("This village is in the strictest phase already."),
    Whynot.ENDED: _("This pilot has ended."),
}
INDICATORS: dict[Indicator, Promise] = {
    Indicator.REPRODUCTION: _("Reproduction number (Rt)"),
    Indicator.CASES_WEEKLY: _("New cases in 7 days, per 100,000"),
    Indicator.ADMISSIONS_WEEKLY: _("Admissions in 7 days, per 100,000"),
    Indicator.DEATHS_WEEKLY: _("Deaths in 7 days, per 100,000"),
    Indicator.POSITIVITY: _("Positive among those tested, %"),
    Indicator.BED_OCCUPANCY: _("Beds for COVID-19 in use, %"),
    Indicator.TESTS: _("Tests so far, per million"),
    Indicator.CONTACTS_TRACED: _("Close contacts traced for each case"),
    Indicator.COMPLIANCE: _("Inspected places that keep the protocol, %"),
}
PLACES: dict[str, Promise] = {
    "village": _("village"),
    "kecamatan": _("kecamatan"),
    "regency": _("regency"),
}
VERDICTS: dict[Verdict, Promise] = {
    Verdict.MET: _("met"),
    Verdict.NOT_MET: _("not met"),
    Verdict.CANNOT_DECIDE: _("cannot be decided"),
}
CRITERIA: dict[Criterion, Promise] = {
    Criterion.READINESS: _("Readiness, by its own answers"),
    Criterion.COLOUR: _("RTs in the green zone"),
    Criterion.ZONE: _("Few new cases in 14 days"),
    Criterion.ROLE: _("Market or tourism"),
    Criterion.URBAN: _("Urban or rural"),
    Criterion.POPULATION: _("People it reaches"),
}
CASE_BANDS: dict[int, Promise] = {
    0: _("no new case in 14 days"),
    1: _("1 to 4 new cases in 14 days"),
    5: _("5 to 19 new cases in 14 days"),
    20: _("20 or more new cases in 14 days"),
}
QUESTIONS: dict[Question, Promise] = {
    Question.TASK_FORCE: _("The task force of the village works, with names and tasks"),
    Question.RULES_WRITTEN: _("The protocol is written down in a village regulation"),
    Question.HAND_WASHING: _("Every public place has a place to wash hands"),
    Question.MASKS: _("There are masks for who has none"),
    Question.ISOLATION_HOUSE: _("An isolation house is ready"),
    Question.DATA_OF_FRAIL: _("Elderly and ill people are listed, and visited"),
    Question.COMMUNICATION: _("Every RT can be reached on the same day"),
    Question.MONEY: _("There is money for three months"),
}
# Kept in the language of the regency, because anybody may read them later.
OWN_REASONS = (
    _("The gate is open, and every office has signed."),
    _("Readings turned bad."),
    _("They hold for 14 days, and for the same guidance only."),
)


def reason_said(reason: str) -> str:
    """Return a reason; in the language of who reads where the program gave it."""
    for one in OWN_REASONS:
        with override("id"):
            kept = str(one)
        if reason == kept:
            return str(one)
    return reason
