"""Work on letters."""

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import Permission
from smartkampung.web.aid_staff.kinds.kind import Kind

KINDS: dict[str, Kind] = {
    "letters.wording_confirm": Kind(
        _("Confirm the wording of a letter"),
        Permission.LETTER_WORDING_CONFIRM,
        "letters_templates:confirm",
    ),
}
