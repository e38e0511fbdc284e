"""One person in one offer, from the invitation to the last outcome."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from smartkampung.kernel.promises import refuse_when
from smartkampung.recovery.programmes.models.offers import Offer
from smartkampung.recovery.programmes.rules.states import (
    ALWAYS_HOLD,
    LIVE,
    NEVER_HOLD,
    STEPS,
    SeatState,
)


def _quoted(states: tuple[SeatState, ...]) -> str:
    return ", ".join(f"'{state.value}'" for state in states)


_ALLOWED = " OR ".join(
    f"(OLD.state = '{since.value}' AND NEW.state IN ({_quoted(to)}))"
    for since, to in STEPS.items()
    if to
)
# The lock makes the promise hold for who forgot it: what another transaction wrote for
# the same person is seen by the statement after it.
_EXCLUDES = f"""
    IF TG_OP = 'UPDATE' AND OLD.state IN ({_quoted(LIVE)})
        AND (OLD.person_id, OLD.offer_id) = (NEW.person_id, NEW.offer_id)
    THEN
        -- Who is in both already stays, also when the pair was set later.
        RETURN NEW;
    END IF;
    IF NEW.state IN ({_quoted(LIVE)}) THEN
        PERFORM 1 FROM residents_person WHERE id = NEW.person_id FOR NO KEY UPDATE;
        IF EXISTS (
            SELECT FROM recovery_seat s
            JOIN recovery_offer o ON o.id = s.offer_id
            JOIN recovery_programme p ON p.id = o.programme_id
            JOIN recovery_offer mine ON mine.id = NEW.offer_id
            JOIN recovery_programme own ON own.id = mine.programme_id
            JOIN recovery_kindpair k
                ON k.first = least(p.kind COLLATE "C", own.kind COLLATE "C")
                AND k.second = greatest(p.kind COLLATE "C", own.kind COLLATE "C")
            WHERE s.person_id = NEW.person_id AND s.id <> NEW.id
                AND s.state IN ({_quoted(LIVE)})
        ) THEN
            RAISE EXCEPTION 'this person is in a programme that excludes this one'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'seat_excludes_others';
        END IF;
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class Seat(models.Model):
    """One person in one offer. Only the keyed hash of their code is kept.

    ``number`` is the place that they take while ``holds``; a freed number goes to the
    next in line. ``amount`` is set aside for them, in ``recovery.due/<id>`` of the
    ledger. ``income_then`` is what they earned a month when invited. ``again``: the
    offer was closed before its end, so they come first until they are invited anew.

    Promises kept by the database: nobody is invited twice to an offer
    (``seat_once_in_an_offer``); a place is taken by one person (``seat_number_once``)
    and is one of those that there are (``seat_number_within_places``), so that there
    are never more people than places; who lives through a state holds what the state
    says (``seat_holds_as_its_state``); nobody is in two programmes that exclude each
    other (``seat_excludes_others``); no step goes back (``seat_steps_in_order``); who
    leaves or is sent home has a reason (``seat_end_has_reason``); a code opens one seat
    (``seat_code_once``).
    """

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="seats")
    person = models.ForeignKey("residents.Person", models.PROTECT, related_name="seats")
    affected = models.ForeignKey(
        "affected.Affected", models.PROTECT, null=True, related_name="seats"
    )
    region_code = models.CharField(max_length=30, db_collation="C")
    number = models.PositiveIntegerField()
    holds = models.BooleanField(default=True)
    place = models.IntegerField()
    way = models.CharField(max_length=40, blank=True)
    state = models.CharField(
        max_length=9,
        choices=[(state.value, state.name.title()) for state in SeatState],
        default=SeatState.INVITED,
    )
    code_hash = models.BinaryField()
    amount = models.BigIntegerField()
    income_then = models.BigIntegerField(null=True)
    by_phone = models.BooleanField()
    invited_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_through = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    closed_from = models.CharField(max_length=9, blank=True)
    again = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "person"], name="seat_once_in_an_offer"
            ),
            models.UniqueConstraint(
                fields=["offer", "number"],
                condition=Q(holds=True),
                name="seat_number_once",
            ),
            models.UniqueConstraint(fields=["code_hash"], name="seat_code_once"),
            models.CheckConstraint(
                name="seat_holds_as_its_state",
                condition=Q(state__in=ALWAYS_HOLD, holds=True)
                | Q(state__in=NEVER_HOLD, holds=False)
                | Q(state="dropped"),
            ),
            models.CheckConstraint(
                name="seat_end_has_reason",
                condition=~Q(state__in=["dropped", "closed"]) | ~Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "state"], name="seat_person"),
            models.Index(fields=["region_code", "state"], name="seat_region"),
            models.Index(
                fields=["answer_by"],
                condition=Q(state="invited"),
                name="seat_waits_for_answer",
            ),
            models.Index(
                fields=["person"], condition=Q(again=True), name="seat_comes_first"
            ),
        ]
        triggers = [
            refuse_when(
                "seat_number_within_places",
                "NEW.holds AND NEW.number NOT BETWEEN 1 AND"
                " (SELECT places FROM recovery_offer WHERE id = NEW.offer_id)",
                "there is no such place in this offer",
                pgtrigger.Insert | pgtrigger.Update,
            ),
            refuse_when(
                "seat_steps_in_order",
                f"OLD.state <> NEW.state AND NOT ({_ALLOWED})",
                "a seat takes no such step",
                pgtrigger.Update,
            ),
            pgtrigger.Trigger(
                name="seat_excludes_others",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("state", "person_id", "offer_id"),
                func=_EXCLUDES,
            ),
        ]
