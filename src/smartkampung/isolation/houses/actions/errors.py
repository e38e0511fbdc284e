"""What an officer is told when a house cannot be changed like that."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from smartkampung.isolation.houses.rules import Fault
from smartkampung.isolation.models import House
from smartkampung.kernel.claim import Busy, Lock, Rank
from smartkampung.kernel.errors import Refused

BUSY = _("Somebody else works on this house right now. Please try again in a moment.")


class HouseRefused(Refused):
    """The house cannot be changed like that."""

    code = "house_refused"


class CannotOpen(HouseRefused):
    """The house cannot open; ``faults`` says every reason."""

    code = "house_cannot_open"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(_("This house cannot open like that."))
        self.faults = list(faults)


def house_lock(house: House) -> Lock:
    """Return the lock of a house: whoever books in it takes the same."""
    return Lock(Rank.HOUSE, House.objects.filter(pk=house.pk))


def busy() -> Busy:
    """Return what is said when the house is locked for too long."""
    return Busy(BUSY)
