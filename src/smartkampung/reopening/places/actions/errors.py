"""What people are told when something about a place or event cannot be so."""

from smartkampung.kernel.errors import Refused


class PlaceRefused(Refused):
    """The place cannot be changed like that."""

    code = "place_refused"


class OwnPlace(Refused):
    """Somebody judges a place that they run."""

    code = "own_place"


class CannotSuspend(Refused):
    """This suspension cannot be decided or lifted like that, or not by them."""

    code = "cannot_suspend"


class TooMany(Refused):
    """So many came in today that people must look at those first."""

    code = "too_many_about_places"


class OutsideYourArea(Refused):
    """The officer does not enter places there."""

    code = "place_outside_your_area"
