"""What people read about identity checks. A local match is never called Dukcapil's."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.identity.rules import Bar, Field, Verdict

BARS: dict[Bar, Promise] = {
    Bar.OFF: _("No identity service is set up. Ask the system administrator."),
    Bar.NO_NIK: _("The person has no NIK. Enter it first."),
    Bar.NOT_LIVING: _("The person does not live here any more: nothing is asked."),
}
FIELDS: dict[Field, Promise] = {
    Field.NAME: _("name"),
    Field.BIRTH_DATE: _("birth date"),
    Field.SEX: _("sex"),
    Field.KK: _("family card number"),
}
# With the moment of the answer, where there is one, and the fields that differ.
VERDICTS: dict[Verdict, tuple[Promise, str]] = {
    Verdict.NEVER: (_("not compared with Dukcapil"), "off"),
    Verdict.WAITING: (_("waits for an answer of Dukcapil"), "wait"),
    Verdict.AGREES: (_("agrees with Dukcapil (%(at)s)"), "ok"),
    Verdict.DIFFERS: (
        _("does not agree with Dukcapil: %(fields)s (%(at)s)"),
        "late",
    ),
    Verdict.UNKNOWN: (_("Dukcapil does not know this NIK (%(at)s)"), "late"),
    Verdict.CHANGED: (
        _("changed since it was compared with Dukcapil (%(at)s)"),
        "wait",
    ),
    Verdict.REFUSED: (_("Dukcapil did not take the question (%(at)s)"), "late"),
}
VILLAGE_AGREES = _("agrees with village data")
VILLAGE_DIFFERS = _("does not agree with village data")
