"""What members of the public are told about reports; the same words everywhere."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.rules.report import Reason, Step

STEPS: dict[Step, Promise] = {
    Step.RECEIVED: _("Report received"),
    Step.VILLAGE_CHECKS: _("A village officer comes to the house"),
    Step.KECAMATAN_DECIDES: _("The kecamatan decides"),
    Step.HANDED_OVER: _("Aid is handed over, if it was granted"),
}
REASONS: dict[Reason, Promise] = {
    Reason.NEVER_RECEIVED: _("Has never received any aid"),
    Reason.STOPPED: _("Received aid before, but it stopped"),
    Reason.LOST_LIVELIHOOD: _("Lost work or income"),
    Reason.CHRONICALLY_ILL: _("Somebody at home has been ill for a long time"),
    Reason.NOT_RECORDED: _("The family is not on any list"),
    Reason.OTHER: _("Another reason"),
}
BORN_IN_FUTURE = _("That birth date is still to come. Check the year.")
