"""Words for codes of cases."""

from django.utils.translation import gettext_lazy as _

from smartkampung.reopening.cases.models import Case

Outcome = Case.Outcome
OUTCOMES = {
    Case.Outcome.ILL: _("ill"),
    Case.Outcome.RECOVERED: _("recovered"),
    Case.Outcome.DIED: _("died"),
}
OUTCOME_STATES = {
    Case.Outcome.ILL: "wait",
    Case.Outcome.RECOVERED: "ok",
    Case.Outcome.DIED: "off",
}
SOURCES = {
    Case.Source.CENTRE: _("typed at the Puskesmas"),
    Case.Source.FILE: _("from a file"),
    Case.Source.HOUSE: _("from isolation"),
}
