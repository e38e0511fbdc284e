"""Slots that can be booked, and who booked them."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.promises import refuse_when
from smartkampung.kernel.sealed import SealedField
from smartkampung.reopening.counters.models.offices import Counter
from smartkampung.reopening.counters.rules.states import OPEN, STEPS, First, State, Way


class Slot(models.Model):
    """Some minutes of one counter on one day.

    ``capacity`` is how many may come, by the usual number (``people``) and what the
    phase of the day allows (``percent``); ``kept`` of these are for those who come
    first until ``kept_until``. Who holds a place keeps it when the capacity falls.
    Promises kept by the database: a counter has one slot at a time
    (``slot_once_at_a_time``); no more is kept than there is (``slot_keeps_what_it_has``).
    """

    counter = models.ForeignKey(Counter, models.CASCADE, related_name="slots")
    on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    people = models.PositiveSmallIntegerField()
    share = models.PositiveSmallIntegerField()
    percent = models.PositiveSmallIntegerField()
    capacity = models.PositiveSmallIntegerField()
    kept = models.PositiveSmallIntegerField()
    kept_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["counter", "starts_at"], name="slot_once_at_a_time"
            ),
            models.CheckConstraint(
                name="slot_keeps_what_it_has", condition=Q(kept__lte=F("capacity"))
            ),
        ]
        indexes = [models.Index(fields=["counter", "on"], name="slot_of_a_day")]


_HOLDS = "NEW.state <> 'cancelled'"
# The slot is locked by whoever forgot it, too: the count then sees every other booking
# that was committed, so that no crowd of callers passes the last place.
_WITHIN = f"""
    IF {_HOLDS} AND (TG_OP = 'INSERT'
        OR (OLD.slot_id, OLD.place) IS DISTINCT FROM (NEW.slot_id, NEW.place)
        OR OLD.state = 'cancelled')
    THEN
        PERFORM 1 FROM counters_slot WHERE id = NEW.slot_id FOR NO KEY UPDATE;
        IF (SELECT count(*) FROM counters_booking b WHERE b.slot_id = NEW.slot_id
                AND b.state <> 'cancelled' AND b.id IS DISTINCT FROM NEW.id)
            >= (SELECT capacity FROM counters_slot WHERE id = NEW.slot_id)
        THEN
            RAISE EXCEPTION 'this slot has no place left'
                USING ERRCODE = 'check_violation',
                CONSTRAINT = 'booking_within_capacity';
        END IF;
    END IF;
    RETURN NEW;
"""
_ALLOWED = " OR ".join(
    f"(OLD.state = '{since}' AND NEW.state IN ({', '.join(repr(str(t)) for t in to)}))"
    for since, to in STEPS.items()
    if to
)


class Booking(models.Model):
    """One person in one slot; only the keyed hash of their code is kept.

    ``place`` is their number in the slot. ``counter`` and ``on`` are those of the slot.
    The phone is sealed; it and the name are forgotten weeks later.
    Promises kept by the database: a slot never takes more people than its capacity
    (``booking_within_capacity``), and a place in it one person (``booking_place_once``);
    a phone has one open booking of a counter and day (``booking_once_a_day``); a booking
    stands where its slot does (``booking_stands_in_its_slot``); no step goes back
    (``booking_steps_in_order``); a code opens one booking (``booking_code_once``).
    What the office ``called_off`` is cancelled, never missed
    (``booking_called_off_is_cancelled``).
    """

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="bookings")
    counter = models.ForeignKey(Counter, models.PROTECT, related_name="bookings")
    on = models.DateField()
    place = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=9,
        choices=[(one.value, one.name.title()) for one in State],
        default=State.BOOKED,
    )
    service = models.CharField(max_length=60)
    name = models.CharField(max_length=80, blank=True)
    phone = SealedField(purpose="phone", null=True)
    phone_index = models.BinaryField(null=True)
    language = models.CharField(max_length=2, default="id")
    first = models.CharField(
        max_length=8,
        choices=[(one.value, one.name.title()) for one in First],
        blank=True,
    )
    way = models.CharField(
        max_length=7, choices=[(one.value, one.name.title()) for one in Way]
    )
    code_hash = models.BinaryField()
    by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    moved_from = ArrayField(models.DateTimeField(), default=list)
    called_off = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "place"],
                condition=~Q(state=State.CANCELLED),
                name="booking_place_once",
            ),
            models.UniqueConstraint(
                fields=["counter", "on", "phone_index"],
                condition=Q(state__in=OPEN),
                name="booking_once_a_day",
            ),
            models.UniqueConstraint(fields=["code_hash"], name="booking_code_once"),
            models.CheckConstraint(
                name="booking_called_off_is_cancelled",
                condition=Q(called_off=False) | Q(state=State.CANCELLED),
            ),
        ]
        indexes = [
            models.Index(fields=["counter", "on", "state"], name="booking_queue"),
            models.Index(
                fields=["phone_index", "on"],
                condition=Q(state=State.MISSED),
                name="booking_missed",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="booking_within_capacity",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("state", "slot_id", "place"),
                func=_WITHIN,
            ),
            refuse_when(
                "booking_stands_in_its_slot",
                "NOT EXISTS (SELECT FROM counters_slot WHERE id = NEW.slot_id"
                ' AND counter_id = NEW.counter_id AND "on" = NEW."on")',
                "a booking stands where its slot does",
                pgtrigger.Insert | pgtrigger.Update,
            ),
            refuse_when(
                "booking_steps_in_order",
                f"OLD.state <> NEW.state AND NOT ({_ALLOWED})",
                "a booking takes no such step",
                pgtrigger.Update,
            ),
        ]
