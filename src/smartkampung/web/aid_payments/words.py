"""Words and colours of the states of payments."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.payments.rules.answers import Effect
from smartkampung.aid.payments.rules.steps import BatchState, Channel, PaymentState

BATCHES: dict[str, tuple[Promise, str]] = {
    BatchState.DRAFT: (_("draft"), "wait"),
    BatchState.APPROVED: (_("approved"), "info"),
    BatchState.SENT: (_("sent, waits for the answer"), "wait"),
    BatchState.RECONCILED: (_("reconciled"), "ok"),
}
PAYMENTS: dict[str, tuple[Promise, str]] = {
    PaymentState.CHOSEN: (_("chosen"), "wait"),
    PaymentState.IN_TRANSIT: (_("on its way"), "wait"),
    PaymentState.PAID: (_("paid"), "ok"),
    PaymentState.FAILED: (_("failed"), "late"),
    PaymentState.WITHDRAWN: (_("left out"), "off"),
    PaymentState.RECALLED: (_("called back"), "off"),
}
WORKS: dict[str, Promise] = {
    "fill": _("Recipients are being added"),
    "send": _("The file is being made"),
}
ACCOUNTS: dict[str, tuple[Promise, str]] = {
    "waiting": (_("waits to be confirmed"), "wait"),
    "in_force": (_("in force"), "ok"),
    "refused": (_("refused"), "late"),
    "replaced": (_("replaced"), "off"),
}
LISTS: dict[str, tuple[Promise, str]] = {
    "checking": (_("being checked"), "wait"),
    "writing": (_("being written"), "wait"),
    "done": (_("taken over"), "ok"),
    "refused": (_("refused"), "late"),
}
CHANNELS: dict[str, Promise] = {
    Channel.BANK: _("Bank"),
    Channel.POST: _("Post office"),
}
EFFECTS: dict[str, Promise] = {
    Effect.PAY: _("paid"),
    Effect.FAIL: _("failed"),
    Effect.WAIT: _("still on its way"),
    Effect.KNOWN: _("nothing new"),
    Effect.CONTRADICTS: _("contradicts what was said before; no money moved"),
}


def tag(words: dict[str, tuple[Promise, str]], state: str) -> dict[str, Any]:
    """Return the tag of a state."""
    text, colour = words[state]
    return {"text": text, "state": colour}
