"""Words of monitoring, for pages and papers."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.isolation.monitoring.rules.checks import Outcome, Slot
from smartkampung.isolation.monitoring.rules.ends import Verdict
from smartkampung.isolation.monitoring.rules.health import Symptom
from smartkampung.isolation.monitoring.rules.ladder import Trigger
from smartkampung.isolation.monitoring.rules.walking import Risk
from smartkampung.isolation.rules.states import StayState

SLOTS: dict[Slot, Promise] = {
    Slot.DAY: _("Daily look"),
    Slot.EVENING: _("Evening look"),
    Slot.EXIT: _("Exit check"),
}
OUTCOMES: dict[str, tuple[Promise, str]] = {
    Outcome.SEEN: (_("seen"), "ok"),
    Outcome.CALLED: (_("spoken to by phone"), "ok"),
    Outcome.REPORTED: (_("reported by themselves"), "ok"),
    Outcome.ABSENT: (_("not there"), "late"),
    Outcome.REFUSED: (_("refused to be seen"), "late"),
    Outcome.NOT_ATTEMPTED: (_("not visited"), "wait"),
    "missed": (_("missed"), "late"),
    "waiting": (_("waiting"), "wait"),
}
RISKS: dict[Risk, tuple[Promise, str]] = {
    Risk.ALARM: (_("see at once"), "late"),
    Risk.UNWELL: (_("unwell"), "late"),
    Risk.MISSED: (_("missed before"), "wait"),
    Risk.EXIT: (_("may leave today"), "info"),
    Risk.FRAIL: (_("very old or very young"), "info"),
    Risk.ORDINARY: (_("no special concern"), "off"),
}
SYMPTOMS: dict[Symptom, Promise] = {
    Symptom.FEVER: _("Fever"),
    Symptom.COUGH: _("Cough"),
    Symptom.SORE_THROAT: _("Sore throat"),
    Symptom.BREATHLESS: _("Short of breath"),
    Symptom.NO_SMELL: _("No smell or taste"),
    Symptom.TIRED: _("Very tired"),
    Symptom.DIARRHOEA: _("Diarrhoea"),
    Symptom.OTHER: _("Something else"),
}
TRIGGERS: dict[Trigger, Promise] = {
    Trigger.ILL: _("A reading or a symptom that must be looked at now"),
    Trigger.MISSED: _("Nobody saw them for a whole day"),
    Trigger.MISSED_AGAIN: _("Nobody saw them for two days or more"),
    Trigger.LEFT: _("Left the place of isolation"),
    Trigger.EXIT_OPEN: _("The last day is over, and nobody let them go"),
}
VERDICTS: dict[Verdict, Promise] = {
    Verdict.RELEASE: _("Let them go, with a letter"),
    Verdict.EXTEND: _("Keep them longer"),
    Verdict.HOSPITAL: _("Refer them to hospital"),
    Verdict.RETURN: _("Take them in again from hospital"),
    Verdict.LOST: _("Give up looking: lost"),
}
CLASSES: dict[str, Promise] = {
    "odr": _("ODR (person at risk, local)"),
    "otg": _("OTG (person without symptoms)"),
    "odp": _("ODP (person under monitoring)"),
    "pdp": _("PDP (patient under supervision)"),
    "positive": _("Positive (list until 13 July 2020)"),
    "traveller": _("Traveller"),
    "close_contact": _("Close contact"),
    "suspect": _("Suspect"),
    "probable": _("Probable"),
    "confirmed": _("Confirmed case"),
    "discarded": _("Discarded"),
    "finished": _("Finished isolation"),
    "death": _("Died"),
}
STATES: dict[StayState, tuple[Promise, str]] = {
    StayState.EXPECTED: (_("expected"), "wait"),
    StayState.PRESENT: (_("in isolation"), "info"),
    StayState.HOSPITAL: (_("in hospital"), "late"),
    StayState.RELEASED: (_("let go with a letter"), "ok"),
    StayState.LOST: (_("lost"), "late"),
    StayState.CANCELLED: (_("cancelled"), "off"),
    StayState.NO_SHOW: (_("never arrived"), "late"),
}
# One word for all who do not see health: "in hospital" would tell who fell ill.
OVER_HERE = (_("isolation here is over"), "off")
TOLD_AS_OVER = (StayState.HOSPITAL, StayState.RELEASED)


def state_words(state: str, *, sees_health: bool) -> tuple[Promise, str]:
    """Return where a stay stands, as far as a reader may know, and the colour of it."""
    if not sees_health and state in TOLD_AS_OVER:
        return OVER_HERE
    return STATES[StayState(state)]
