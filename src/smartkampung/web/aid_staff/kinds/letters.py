"""Work on letters of the village: their wordings, and each step of a request."""

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import Permission
from smartkampung.web.aid_staff.kinds.kind import Kind

PAGE, EVENT = "letters_staff:request", "letters_staff:event"
KINDS: dict[str, Kind] = {
    "letters.wording_confirm": Kind(
        _("Confirm the wording of a letter"),
        Permission.LETTER_WORDING_CONFIRM,
        "letters_templates:confirm",
    ),
    "letters.confirm": Kind(
        _("Confirm what a letter says"), Permission.LETTER_CONFIRM, PAGE
    ),
    "letters.silent": Kind(
        _("Look yourself, the RT does not answer"),
        Permission.LETTER_CHECK,
        PAGE,
    ),
    "letters.introduced": Kind(
        _("Know what was said in your place"),
        Permission.LETTER_CONFIRM,
        PAGE,
    ),
    "letters.check": Kind(_("Check a letter"), Permission.LETTER_CHECK, PAGE),
    "letters.review": Kind(
        _("Look at a letter a second time"), Permission.LETTER_CHECK, PAGE
    ),
    "letters.sign": Kind(_("Sign a letter"), Permission.LETTER_SIGN, PAGE),
    "letters.cosign": Kind(
        _("Sign a letter for the kecamatan"), Permission.LETTER_COSIGN, PAGE
    ),
    "letters.key_ends": Kind(
        _("Renew your certificate before it ends"),
        Permission.LETTER_KEY,
        "letters_keys:ends",
    ),
    "letters.life_event": Kind(
        _("Write down what a letter tells of"), Permission.LIFE_EVENT_RECORD, EVENT
    ),
    "letters.bring": Kind(
        _("Tell the family, or bring it: the letter is ready"),
        Permission.LETTER_ASK,
        PAGE,
    ),
}
