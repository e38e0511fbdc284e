"""Why an announcement or a broadcast is turned down, in words one can act on."""

from smartkampung.kernel.errors import Refused


class NotYourArea(Refused):
    """The place lies outside the area in which this office speaks."""

    code = "not_your_area"


class CannotAnnounce(Refused):
    """The announcement asks for something that nobody could do like that."""

    code = "cannot_announce"


class Doubtful(Refused):
    """Everybody would read something about somebody; whoever is sure says so."""

    code = "doubtful"


class NobodyThere(Refused):
    """Nobody holds such an office in that area."""

    code = "nobody_there"


class AlreadyDone(Refused):
    """A colleague in the same office was faster."""

    code = "already_done"


class Withdrawn(Refused):
    """What was said does not hold any more."""

    code = "withdrawn"


class SaidBefore(Refused):
    """The same words went to this area for this announcement."""

    code = "said_before"


class NobodyAgreed(Refused):
    """No family of the area agreed to such messages."""

    code = "nobody_agreed"


class OverTheCap(Refused):
    """The month of the area does not pay for this."""

    code = "over_the_cap"


class NotYours(Refused):
    """Who asked for a broadcast does not allow it."""

    code = "not_yours_to_allow"


class NotWarnedOf(Refused):
    """The announcement does not warn of what the message would warn of."""

    code = "not_warned_of"


class NoGrounds(Refused):
    """A warning of danger does not say how the danger is known."""

    code = "no_grounds"


class NobodyWarned(Refused):
    """No phone got a warning that could be called off."""

    code = "nobody_warned"


class TooLate(Refused):
    """A warning waited so long that the danger must be looked at again."""

    code = "too_late"


class Decided(Refused):
    """Somebody decided before."""

    code = "decided_before"
