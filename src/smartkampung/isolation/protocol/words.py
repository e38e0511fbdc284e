"""Words of the protocol, for pages and refusals."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.isolation.monitoring.rules.ends import Group
from smartkampung.isolation.protocol.rules import Fault, Kind

KINDS: dict[Kind, tuple[Promise, Promise]] = {
    Kind.LADDER: (
        _("Who is told, and by when"),
        _("The ladder of alerts: who must answer first, in which time, and who next."),
    ),
    Kind.LIMITS: (
        _("Readings that must be looked at now"),
        _("From these on the Puskesmas is told at once."),
    ),
    Kind.CLOCKS: (
        _("Time to make an exit check up"),
        _("Afterwards a named officer must decide."),
    ),
    Kind.CLASSES: (
        _("Case classes"),
        _("The list of a day. A class that was given stays as it was given."),
    ),
    Kind.RELEASE: (
        _("Days until release"),
        _("Whoever came home stays the local 14 days at least."),
    ),
}
GROUPS: dict[Group, Promise] = {
    Group.OTHER: _("stays the days of whoever came home"),
    Group.CONTACT: _("counts from arrival"),
    Group.ILL: _("counts from the first symptom"),
    Group.PROVEN: _("counts from symptom or specimen"),
}
FAULTS: dict[Fault, Promise] = {
    Fault.FEVER: _("The temperature must lie between 37.0 and 39.5."),
    Fault.SPO2: _("The oxygen must lie between 85 and 98 percent."),
    Fault.HOURS: _("The time must lie between 1 and 72 hours."),
    Fault.NOBODY_TOLD: _("Choose for each line who is told first, and who next."),
    Fault.CANNOT_ANSWER: _(
        "One of these roles may not answer that. Choose from the list."
    ),
    Fault.MINUTES: _("The time must lie between 15 minutes and 72 hours."),
    Fault.AGAIN: _("Looks missed in a row must be 2 to 5."),
    Fault.NO_CLASS: _("Write down at least one class."),
    Fault.CODE: _(
        "A code has 2 to 13 small letters, such as close_contact. Check each line."
    ),
    Fault.TWICE: _("A code stands there twice. Each code is one class."),
    Fault.NAMELESS: _("A class lacks a name in Indonesian or in English."),
    Fault.GROUP: _("Each line ends with other, contact, ill or proven."),
    Fault.DAYS: _("Days must be 1 to 60, and days without symptoms 1 to 14."),
}
