"""A phone wants no more news of a kind, or nothing that it did not ask for; or again.

What the person asked for goes out all the same: one-time codes, and answers.
"""

from datetime import datetime

from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.notify.models import OptOut


def opt_out(*, phone: Sealed, through: str, at: datetime, purpose: str = "") -> None:
    """Stop the messages under wishes of a purpose to a phone, those that wait included.

    Without a purpose under any wish. Said again, it ends as much as was ever said.
    ``through`` names the way it was said.
    """
    row, new = OptOut.objects.get_or_create(
        phone_index=blind_index(phone.open(), phone.purpose),
        defaults={"phone": phone, "since": at, "through": through, "purpose": purpose},
    )
    if not new and row.purpose != purpose:
        row.purpose = ""
        row.save(update_fields=["purpose"])


def opt_in(*, phone: Sealed, still: str = "") -> None:
    """Let messages under wishes go to a phone again.

    ``still`` names a purpose that goes on being stopped if it was.
    """
    rows = OptOut.objects.filter(phone_index__in=phone.indexes())
    if still:
        rows.filter(purpose="").update(purpose=still)
        rows = rows.exclude(purpose=still)
    rows.delete()
