"""What offices are called on pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import Role
from smartkampung.accounts.rules import Hindrance

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
