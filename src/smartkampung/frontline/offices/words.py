"""What is said when a term cannot be handed over."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.frontline.offices.rules import TermHindrance

TERM_HINDRANCES: dict[TermHindrance, Promise] = {
    TermHindrance.OWN_TERM: _(
        "This is your own office. Whoever stands above you hands it over."
    ),
    TermHindrance.ONESELF_FOLLOWS: _("Nobody takes an office themselves."),
    TermHindrance.SAME_PERSON: _("This person holds the office. Choose who follows."),
    TermHindrance.ENDED: _("This term has ended or was handed over already."),
    TermHindrance.DAY_IS_PAST: _("That day is past. Choose today or a later day."),
    TermHindrance.TOO_FAR: _(
        "That day is more than 60 days away. Look at the month and the year."
    ),
    TermHindrance.NOT_BEGUN: _("The term has not begun by then. Choose a later day."),
    TermHindrance.ENDS_BEFORE: _(
        "The term ends before that day. Choose an earlier one."
    ),
    TermHindrance.FOLLOWER_CLOSED: _("The account of who follows is closed."),
    TermHindrance.FOLLOWER_NEW: _(
        "Only an administrator of accounts hands an office to a new account."
        " Choose a colleague, or ask the administrator."
    ),
    TermHindrance.COUNTERPART: _(
        "Your office checks this one, or is checked by it, so you do not choose who"
        " holds it. Whoever stands above you or another administrator does."
    ),
    TermHindrance.NO_END: _(
        "The term ends by itself on that day. Say the last day of who follows; their"
        " term is at most as long as this one was."
    ),
}
