"""What offices are called on pages."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import STANDING_IN, Role, role_named
from smartkampung.accounts.rules import LONGEST_COVER, CoverHindrance, Hindrance

ROLE_LABELS: dict[Role, Promise] = {
    Role.SYSTEM_ADMIN: _("System administrator"),
    Role.LEADERSHIP: _("Regency leadership"),
    Role.DINSOS: _("Social affairs office"),
    Role.DINKES: _("Health office"),
    Role.ECONOMIC_OFFICE: _("Economic office"),
    Role.KECAMATAN_OFFICER: _("Kecamatan officer"),
    Role.VILLAGE_HEAD: _("Village head"),
    Role.VILLAGE_OFFICER: _("Village officer"),
    Role.RW_HEAD: _("RW head"),
    Role.RT_HEAD: _("RT head"),
    Role.PUSKESMAS_OFFICER: _("Puskesmas officer"),
    Role.BABINSA: _("Babinsa (army village officer)"),
    Role.BHABINKAMTIBMAS: _("Bhabinkamtibmas (police village officer)"),
    Role.CHECKPOINT_OFFICER: _("Checkpoint officer"),
    Role.AUDITOR: _("Auditor"),
    Role.INSPECTORATE: _("Inspectorate"),
}

HINDRANCES: dict[Hindrance, Promise] = {
    Hindrance.OWN_ACCOUNT: _(
        "This is your own account. Another administrator must do this."
    ),
    Hindrance.OUTSIDE_AREA: _(
        "This lies outside the area that you administer. Ask the administrator there."
    ),
    Hindrance.WRONG_LEVEL: _(
        "This role does not belong to such a place. Choose a place of the right kind."
    ),
    Hindrance.ENDS_TOO_EARLY: _("The last day must not come before the first day."),
    Hindrance.OVER_ALREADY: _("The last day is over already. Choose a later one."),
    Hindrance.SAME_PERSON: _(
        "You asked for this yourself. A second administrator must decide."
    ),
}

COVER_HINDRANCES: dict[CoverHindrance, Promise] = {
    CoverHindrance.ONESELF: _("Nobody stands in for themselves. Choose a colleague."),
    CoverHindrance.ENDS_TOO_EARLY: _(
        "The last day must not come before the first day."
    ),
    CoverHindrance.OVER_ALREADY: _("The last day is over already. Choose a later one."),
    CoverHindrance.TOO_LONG: format_lazy(
        _("At most {days} days at a time. For longer, the office is handed over."),
        days=LONGEST_COVER,
    ),
    CoverHindrance.NO_OFFICE: _("There is no office to stand in for at that time."),
    CoverHindrance.NOT_A_COLLEAGUE: _(
        "This is no colleague of that office. Choose somebody from the list."
    ),
    CoverHindrance.STAND_IN_AWAY: _(
        "This colleague is away themselves at that time. Choose somebody else."
    ),
    CoverHindrance.STANDS_IN_ALREADY: _(
        "You stand in for somebody at that time. End that first: an office is lent once."
    ),
    CoverHindrance.INDEPENDENT: _(
        "Whoever checks others and whoever is checked do not stand in for each other."
    ),
    CoverHindrance.NOT_OF_HEALTH: _(
        "What this office sees of people's health stays among health workers."
        " Choose one of them."
    ),
    CoverHindrance.NOT_OF_RESIDENTS: _(
        "This office sees the families of its area, and your colleague's does not."
        " Choose somebody whose office does."
    ),
}

_OFFICES = {role.value: label for role, label in ROLE_LABELS.items()}


def office_words(role: str) -> str:
    """Return what the office of a line of the access log is called; "" if unknown."""
    known = _OFFICES.get(role_named(role))
    if known and role.endswith(STANDING_IN):
        return gettext("%(office)s (standing in)") % {"office": known}
    return str(known or "")
