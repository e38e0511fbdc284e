"""What an administrator is told when something about an account cannot be."""

from collections.abc import Sequence

from smartkampung.accounts.labels import HINDRANCES
from smartkampung.accounts.rules import Hindrance
from smartkampung.kernel.errors import Refused


class NotAllowed(Refused):
    """One or several rules stand against it; the message lists all of them."""

    code = "account_not_allowed"

    def __init__(self, reasons: Sequence[Hindrance]) -> None:
        super().__init__(" ".join(str(HINDRANCES[reason]) for reason in reasons))
        self.reasons = list(reasons)


def refuse_if(reasons: Sequence[Hindrance]) -> None:
    """Raise NotAllowed when there is any reason."""
    if reasons:
        raise NotAllowed(reasons)
