"""Words of what is public about aid, for pages and papers."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.disclosure.rules import Stage

STAGES: dict[Stage, Promise] = {
    Stage.PLANNED: _("Has not begun"),
    Stage.MEETING: _("The village meeting makes the list"),
    Stage.VISITS: _("Houses are visited"),
    Stage.HEAD: _("The village head looks at the list"),
    Stage.CAMAT: _("The kecamatan looks at the list"),
    Stage.COMING: _("The list is approved, aid is coming"),
    Stage.GIVEN: _("The days of handing over are past"),
    Stage.REPORTS: _("Reports are visited and decided one by one"),
    Stage.RUNNING: _("Goes on; others decide and pay"),
    Stage.MIXED: _("Villages are at different steps"),
    Stage.ENDED: _("Has ended"),
}
# What the next date is about, where there is one.
NEXT: dict[Stage, Promise] = {
    Stage.PLANNED: _("begins"),
    Stage.MEETING: _("the meeting is held by"),
    Stage.VISITS: _("visits are done by"),
    Stage.HEAD: _("decided by"),
    Stage.CAMAT: _("decided by"),
    Stage.COMING: _("handed over"),
    Stage.REPORTS: _("next hand-over"),
    Stage.MIXED: _("next date"),
}
