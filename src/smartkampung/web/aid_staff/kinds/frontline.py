"""Work of the front line: messages, field work that was not taken, texts."""

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import OFFICES, Permission
from smartkampung.web.aid_staff.kinds.kind import Kind
from smartkampung.web.field.worklist import LOOKS, WORK

KINDS: dict[str, Kind] = {
    "voice.approve_broadcast": Kind(
        _("Allow a message to many families"),
        Permission.BROADCAST_APPROVE,
        "news:decide_broadcast",
    ),
    "voice.call_off": Kind(
        _("Tell phones that a warning is over"), Permission.ANNOUNCE, "news:call_off"
    ),
    # The same words: whoever sees it wait learns nothing of health.
    **{
        f"field.{kind}{about}": Kind(words, permission, f"field:{page}{about}")
        for about, permission in LOOKS
        for kind, page, words in WORK
    },
    "field.mend": Kind(
        _("Put a form right that was sent back"), Permission.FIELD_APP, "field:mend"
    ),
    "texting.assist": Kind(
        _("Call somebody who asked by text"), Permission.TEXT_ANSWER, "texting:assist"
    ),
    "texting.full_day": Kind(
        _("Answers to texts are used up"), Permission.JOBS_VIEW, "texting:full_day"
    ),
}
KINDS |= {
    f"voice.do_{role}": Kind(_("Do what an announcement asks"), permission, "news:task")
    for role, permission in OFFICES.items()
}
