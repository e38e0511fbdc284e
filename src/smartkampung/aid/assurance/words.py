"""What the six errors are called, and how each is recognised."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.assurance.rules import Basis, Error

ERRORS: dict[Error, Promise] = {
    Error.DECEASED: _("The recipient has died"),
    Error.NOT_LISTED: _("Neither on a list nor proposed"),
    Error.KNOWN_BAD: _("Known to be wrong from before"),
    Error.INVALID_NIK: _("No valid NIK"),
    Error.DEACTIVATED: _("No longer entitled"),
    Error.PAID_TWICE: _("Given twice"),
}
HOW: dict[Error, Promise] = {
    Error.DECEASED: _(
        "Aid was given after the day on which the recipient died, or still waits for"
        " somebody who is dead. The day is that of the recorded death; without one, the"
        " day on which the registry first knew. Of a payment, the day on which it was"
        " sent counts."
    ),
    Error.NOT_LISTED: _(
        "There is no approval behind the aid: no decision that approves this programme"
        " for this claim, a village list that nobody approved, somebody who was never"
        " chosen from it, or no line on the list of the programme."
    ),
    Error.KNOWN_BAD: _(
        "In the 180 days before the approval the family was refused for a reason about"
        " itself, or left out of a village list or taken off it for one. A refusal that"
        " an objection overturned does not count, nor an empty budget or a closed"
        " programme."
    ),
    Error.INVALID_NIK: _(
        "The registry has no NIK of the recipient, or somebody else claims the same NIK"
        " and nobody has decided. A NIK that only disagrees with birth date, sex or"
        " region is no finding: the page about data quality has those."
    ),
    Error.DEACTIVATED: _(
        "Aid was given although it had gone back to the budget, although the recipient"
        " had been suspended, stopped or taken off the list or had left the regency, or"
        " after the programme had ended. A list that ends by itself with its period is"
        " no finding: aid may come late."
    ),
    Error.PAID_TWICE: _(
        "The same aid was given more than once, by hand and by payment or in two"
        " payments; or somebody got the same programme twice for one period; or the"
        " family stood, on that day, on the list of other aid that today's conflict"
        " matrix excludes, and no exception was granted. Lists of other institutions"
        " count as far as they were loaded."
    ),
}
BASES_SAID: dict[Basis, Promise] = {
    Basis.GIVEN_AFTER_DEATH: _("given after the death"),
    Basis.DUE_TO_THE_DEAD: _("waits for somebody who is dead"),
    Basis.NOT_DECIDED: _("no decision approves it"),
    Basis.NEVER_CHOSEN: _("never chosen from the village list"),
    Basis.LIST_NOT_APPROVED: _("the village list was not approved"),
    Basis.NOT_ON_LIST: _("no line on the list of the programme"),
    Basis.REFUSED_BEFORE: _("refused before"),
    Basis.LEFT_OUT_BEFORE: _("left out or stopped before"),
    Basis.NO_NIK: _("no NIK in the registry"),
    Basis.NIK_CONTESTED: _("somebody else claims the NIK"),
    Basis.GIVEN_BACK: _("it had gone back to the budget"),
    Basis.STOPPED: _("suspended or stopped before"),
    Basis.TAKEN_OFF: _("taken off the list before"),
    Basis.LEFT_REGENCY: _("had left the regency"),
    Basis.PROGRAMME_ENDED: _("the programme had ended"),
    Basis.GIVEN_TWO_WAYS: _("one entitlement given more than once"),
    Basis.SAME_PERIOD: _("the same period twice"),
    Basis.NOT_TOGETHER: _("beside other aid that excludes it"),
}
