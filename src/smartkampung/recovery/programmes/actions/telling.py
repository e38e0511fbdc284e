"""Tell people that there is news, and mark the steps that their code shows."""

from datetime import datetime

from django.utils.translation import override

from smartkampung.intake.actions.cases import reach_step
from smartkampung.kernel.wording import long_day
from smartkampung.notify.actions import send
from smartkampung.recovery.programmes.models import Seat


def tell_code(seat: Seat, code: str) -> None:
    """Send the code of an invitation, and until when it can be answered."""
    family = seat.person.family
    with override(family.language):
        due_on = long_day(seat.answer_by)
    send(
        key=f"recovery.{seat.pk}.invited",
        to=family.phone,
        template="recovery_invited",
        context={"due_on": due_on},
        secret=code,
        language=family.language,
    )


def tell_news(seat: Seat, what: str) -> None:
    """Say that there is news, and nothing more: a phone is read by the whole house."""
    family = seat.person.family
    send(
        key=f"recovery.{seat.pk}.{what}",
        to=family.phone,
        template="recovery_news",
        language=family.language,
    )


def reached(seat: Seat, step: str, at: datetime) -> None:
    """Mark a step on the timeline that the code of a seat opens."""
    reach_step(code_hashes=[bytes(seat.code_hash)], step=step, at=at)
