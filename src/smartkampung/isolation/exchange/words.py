"""The words for where a telling stands, and for what the other system answered."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.isolation.exchange.models import Outgoing

STATES: dict[str, tuple[Promise, str]] = {
    Outgoing.State.WAITING: (_("waiting in line"), "wait"),
    Outgoing.State.SENT: (_("taken by the other system"), "ok"),
    Outgoing.State.REFUSED: (_("refused by the other system"), "late"),
}
BROKEN = _("It finds a fault in what we tell of this stay.")
SHUT = _("It does not let us in: the key of this regency is wrong or has ended.")
AWAY = _("It cannot be reached. We try again by ourselves.")
UNWELL = _("It answers that it cannot work now. We try again by ourselves.")
TROUBLES: dict[str, Promise] = {
    "http_400": BROKEN,
    "http_404": _("Its address does not take any stay. Ask the operator."),
    "http_409": _("It knows this stay in another way."),
    "http_412": _("It knows this stay in another way."),
    "http_422": BROKEN,
    "http_401": SHUT,
    "http_403": SHUT,
}


def trouble_of(code: str) -> Promise | str:
    """Return what is wrong, in words; nothing when nothing is."""
    if not code:
        return ""
    return TROUBLES.get(code, UNWELL if code.startswith("http_") else AWAY)
