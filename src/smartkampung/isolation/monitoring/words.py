"""Words of monitoring, for pages and papers."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.isolation.monitoring.rules.checks import Outcome, Slot
from smartkampung.isolation.monitoring.rules.health import Symptom
from smartkampung.isolation.monitoring.rules.walking import Risk

SLOTS: dict[Slot, Promise] = {
    Slot.DAY: _("Daily look"),
    Slot.EVENING: _("Evening look"),
    Slot.EXIT: _("Exit check"),
}
OUTCOMES: dict[str, tuple[Promise, str]] = {
    Outcome.SEEN: (_("seen"), "ok"),
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
