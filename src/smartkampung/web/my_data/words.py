"""What the pages of "my data" call things."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.queries.benefits import Standing
from smartkampung.residents.rules.consents import Purpose


class ConsentWords(NamedTuple):
    """A purpose in words: its title, what it is, and what changes without it."""

    title: Promise
    what: Promise
    without: Promise


CONSENTS: dict[Purpose, ConsentWords] = {
    Purpose.NEWS_MESSAGES: ConsentWords(
        _("News by SMS"),
        _(
            "We send an SMS to the family's phone when there is news about aid, and the"
            " day and place of a hand-over."
        ),
        _(
            "Without it we send no news. Look here, or ask at the village office. Codes"
            " that you ask for still come."
        ),
    ),
    Purpose.HOUSE_PHOTOS: ConsentWords(
        _("Photos of the house"),
        _(
            "Officers who decide about aid see the photos of your house that came with a"
            " report or a visit."
        ),
        _(
            "Without it no officer sees these photos. The officer may need to come once"
            " more."
        ),
    ),
    Purpose.AREA_NEWS: ConsentWords(
        _("News about your village by SMS"),
        _(
            "We send an SMS to the family's phone when there is news for everybody in"
            " your village: meetings, health posts, warnings."
        ),
        _(
            "Without it we send none of it. Read it at /news/, or ask your RT. Replying"
            " STOP ends it, and nothing else."
        ),
    ),
}
STANDINGS: dict[Standing, Promise] = {
    Standing.LISTED: _("On the list, not yet paid"),
    Standing.PAID: _("Paid"),
    Standing.APPROVED: _("Approved, waiting for a date"),
    Standing.SCHEDULED: _("Approved, with a date"),
}
CORRECTION_STATES: dict[str, tuple[Promise, str]] = {
    "waiting": (_("The village decides"), "wait"),
    "accepted": (_("Corrected"), "ok"),
    "refused": (_("Not corrected"), "late"),
}
