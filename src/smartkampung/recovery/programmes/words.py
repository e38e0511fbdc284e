"""The words of recovery programmes, the same on every page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.recovery.programmes.rules.states import (
    Kind,
    Milestone,
    OfferState,
    Pays,
    SeatState,
    Stage,
)

KINDS: dict[Kind, Promise] = {
    Kind.CASH_FOR_WORK: _("Cash for work"),
    Kind.TRAINING: _("Training"),
    Kind.MICRO_CAPITAL: _("Starting capital"),
    Kind.TOOLS: _("Tools for work"),
    Kind.MARKET_ACCESS: _("Access to markets"),
    Kind.PLACEMENT: _("Job placement"),
}
PAYS: dict[Pays, Promise] = {
    Pays.WAGE: _("A wage for each day"),
    Pays.GRANT: _("A grant"),
    Pays.LOAN: _("A loan without interest"),
    Pays.COURSE: _("A course that costs nothing"),
}
OFFERS: dict[OfferState, tuple[str, Promise]] = {
    OfferState.DRAFT: ("wait", _("not opened yet")),
    OfferState.OPEN: ("ok", _("open")),
    OfferState.FINISHED: ("off", _("finished")),
    OfferState.CLOSED: ("late", _("closed before its time")),
}
SEATS: dict[SeatState, tuple[str, Promise]] = {
    SeatState.INVITED: ("wait", _("waits for an answer")),
    SeatState.ACCEPTED: ("info", _("accepted")),
    SeatState.ATTENDING: ("info", _("takes part")),
    SeatState.FINISHED: ("ok", _("finished")),
    SeatState.REFUSED: ("off", _("said no")),
    SeatState.EXPIRED: ("late", _("no answer in time")),
    SeatState.DROPPED: ("late", _("gave up")),
    SeatState.CLOSED: ("wait", _("sent home, first in line")),
}
MILESTONES: dict[Milestone, Promise] = {
    Milestone.TRAINING_FINISHED: _("Training finished"),
    Milestone.TOOLS_RECEIVED: _("Tools received"),
    Milestone.BUSINESS_OPENED: _("Business opened"),
    Milestone.FIRST_SALE: _("First sale"),
    Milestone.WORK_FOUND: _("Work found"),
}
STAGES: dict[Stage, Promise] = {
    Stage.END: _("At the end"),
    Stage.THREE_MONTHS: _("After three months"),
    Stage.SIX_MONTHS: _("After six months"),
}
