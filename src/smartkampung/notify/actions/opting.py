"""A phone wants nothing that it did not ask for; or wants it again.

What the person asked for goes out all the same: one-time codes, and answers.
"""

from datetime import datetime

from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.notify.models import OptOut


def opt_out(*, phone: Sealed, through: str, at: datetime) -> None:
    """Stop every message under any wish to a phone, those that wait included.

    Said twice, it stays as it was said first. ``through`` names the way it was said.
    """
    OptOut.objects.get_or_create(
        phone_index=blind_index(phone.open(), phone.purpose),
        defaults={"phone": phone, "since": at, "through": through},
    )


def opt_in(*, phone: Sealed) -> None:
    """Let messages under wishes go to a phone again."""
    OptOut.objects.filter(phone_index__in=phone.indexes()).delete()
