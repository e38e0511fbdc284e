"""Remind people in isolation to say how they are, on days without a word of them."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef

from smartkampung.audit.actions import record
from smartkampung.isolation.models import Check, Obligation, Reservation
from smartkampung.isolation.monitoring.queries import reminders_of
from smartkampung.isolation.monitoring.rules.checks import FOLLOWED, Slot
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.clock import day
from smartkampung.notify.actions import end_silence, send, silence
from smartkampung.residents.queries.consents import agrees
from smartkampung.residents.rules.consents import Purpose


def remind(*, at: datetime) -> int:
    """Queue one message a day for each party of whom somebody was not heard of yet.

    Not to who stopped the reminders, nor where a family that is known withdrew its
    consent to news. It says no name and no symptom. Run again, nobody is told twice.
    """
    on = day(at)
    parties = Reservation.objects.filter(pk__in=_silent_parties(on, at))
    return sum(_send(party, on) for party in parties.order_by("pk"))


def _silent_parties(on: date, at: datetime) -> list[int]:
    made = Check.objects.filter(obligation=OuterRef("pk"), outcome__in=FOLLOWED)
    due = Obligation.objects.filter(
        ~Exists(made),
        due_on=on,
        opens_at__lte=at,
        closes_at__gt=at,
        stay__state=StayState.PRESENT,
        stay__reservation__phone__isnull=False,
    ).exclude(slot=Slot.EXIT)  # a report of oneself is no exit check
    return list(due.values_list("stay__reservation", flat=True).distinct())


def _send(party: Reservation, on: date) -> bool:
    families = party.stays.filter(person__isnull=False).values_list(
        "person__family", flat=True
    )
    if not all(agrees(family, Purpose.NEWS_MESSAGES) for family in families):
        return False
    message = send(
        key=f"isolation.{party.pk}.remind.{on.isoformat()}",
        to=party.phone,
        template="isolation_reminder",
        language=party.language,
        wish=reminders_of(party),
        by_day=True,
    )
    return message is not None


def want_reminders(*, party: Reservation, wanted: bool, at: datetime) -> None:
    """Stop the reminders of a party, those that wait included, or begin them again."""
    if wanted:
        end_silence(wish=reminders_of(party))
    else:
        silence(wish=reminders_of(party), at=at)
    record(
        "isolation.reminders_wanted" if wanted else "isolation.reminders_stopped",
        target=party,
        by="public",
        region_code=party.region_code,
    )
