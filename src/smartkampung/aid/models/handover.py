"""From a decision to aid in hand."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q

from smartkampung.aid.models.calling import point_triggers
from smartkampung.aid.models.claims import Claim, Decision
from smartkampung.aid.models.programmes import Programme
from smartkampung.aid.models.promises import (
    append_only,
    refuse_under_lock,
    refuse_when,
)
from smartkampung.kernel.clock import end_of_day


class Batch(models.Model):
    """Hand-overs of one programme in one kecamatan at one stage.

    Promise kept by the database: one batch for each (``batch_once_per_stage``).
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        READY = "ready"
        CLOSED = "closed"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    kecamatan_code = models.CharField(max_length=30, db_collation="C")
    stage = models.SmallIntegerField()
    hand_over_on = models.DateField()
    place = models.CharField(max_length=120)
    state = models.CharField(max_length=6, choices=State.choices)
    prepared_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kecamatan_code", "stage"],
                name="batch_once_per_stage",
            )
        ]


_FOLLOW = """
        IF NEW.unit_key = 'person:' || OLD.person_id THEN
            NEW.unit_key = 'person:' || NEW.person_id;
        ELSIF NEW.unit_key = 'family:' || OLD.family_id THEN
            NEW.unit_key = 'family:' || NEW.family_id;
        END IF;
        RETURN NEW;
    """


def keep_unit_key(name: str) -> pgtrigger.Trigger:
    """Let ``unit_key`` follow person and family when two records are merged."""
    # Who is entitled is written once more there, for the promise.
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("person_id", "family_id"),
        func=_FOLLOW,
    )


class Entitlement(models.Model):
    """What one family or person is due from one programme for one period.

    It comes from the decision of a claim, or from a proposal in a tranche of a cycle.
    Promises kept by the database: it has one origin (``entitlement_has_one_origin``);
    nobody is entitled twice for a period (``entitlement_once_per_period``), not even
    on another family card (``entitlement_once_per_person``); what is
    with the bank does not go back to the budget (``entitlement_at_the_bank_stays``);
    whoever asks that it goes back does not agree as well
    (``entitlement_returned_by_two``); it is called to a point of its batch (``entitlement_point_of_its_batch``) that has room
    (``entitlement_point_has_room``).
    ``amount`` (in the programme's commodity) and ``contents`` are the programme's on
    the day of the decision, whatever it says later; ``enrolment`` is its line on the
    programme's list, which others' red lights see.
    """

    decision = models.OneToOneField(Decision, models.PROTECT, null=True)
    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, related_name="entitlements"
    )
    proposal = models.ForeignKey(
        "aid.Proposal", models.PROTECT, null=True, related_name="entitlements"
    )
    tranche = models.ForeignKey(
        "aid.Tranche", models.PROTECT, null=True, related_name="+"
    )
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    family = models.ForeignKey("residents.Family", models.PROTECT, related_name="+")
    person = models.ForeignKey("residents.Person", models.PROTECT, related_name="+")
    unit_key = models.CharField(max_length=30)
    region_code = models.CharField(max_length=30, db_collation="C")
    period = models.DateField()
    amount = models.BigIntegerField()
    contents = models.CharField(max_length=200, blank=True)
    contents_en = models.CharField(max_length=200, blank=True)
    enrolment = models.ForeignKey(
        "aid.Enrolment", models.PROTECT, null=True, related_name="+"
    )
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="dues")
    point = models.ForeignKey(
        "aid.Point", models.PROTECT, null=True, related_name="dues"
    )
    cancelled = models.BooleanField(default=False)
    # Few rows are ever returned, and nobody asks by person: no index.
    return_asked_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+", db_index=False
    )
    return_note = models.CharField(max_length=300, blank=True, db_default="")
    return_agreed_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="entitlement_returned_by_two",
                condition=Q(return_agreed_by=None)
                | Q(return_asked_by__isnull=False)
                & ~Q(return_agreed_by=F("return_asked_by")),
            ),
            models.UniqueConstraint(
                fields=["programme", "unit_key", "period"],
                condition=Q(cancelled=False),
                name="entitlement_once_per_period",
            ),
            # Whoever changes the family card within a period does not begin anew.
            models.UniqueConstraint(
                fields=["programme", "person", "period"],
                condition=Q(cancelled=False),
                name="entitlement_once_per_person",
            ),
            models.CheckConstraint(
                name="entitlement_amount_is_positive", condition=Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="entitlement_has_one_origin",
                condition=Q(
                    decision__isnull=False,
                    claim__isnull=False,
                    proposal=None,
                    tranche=None,
                )
                | Q(
                    decision=None,
                    claim=None,
                    proposal__isnull=False,
                    tranche__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["region_code"], name="entitlement_region"),
            # Whether somebody is due the same twice, for the auditor.
            models.Index(
                fields=["person", "programme", "period"], name="entitlement_again"
            ),
        ]
        triggers = [
            keep_unit_key("keep_unit_key"),
            *point_triggers(),
            refuse_when(
                "entitlement_at_the_bank_stays",
                """NEW.cancelled AND NOT OLD.cancelled AND EXISTS (
                    SELECT FROM aid_payment WHERE entitlement_id = NEW.id
                    AND state IN ('chosen', 'in_transit', 'paid'))""",
                "what is with the bank does not go back to the budget",
                operation=pgtrigger.UpdateOf("cancelled"),
            ),
        ]

    @property
    def due_at(self) -> datetime:
        """Return until when it should be in hand."""
        if self.tranche is not None:
            return end_of_day(self.tranche.due_on)
        assert self.claim is not None  # entitlement_has_one_origin
        return self.claim.due_at


class Handover(models.Model):
    """What happened at the hand-over of one entitlement: an outcome, with proof.

    Several attempts may be absent, one a day (``handover_absent_once_a_day``); aid is
    received once
    (``handover_received_once``), and not what is paid (``handover_not_paid``).
    Received aid is proved by the recipient's one-time
    code, or by a signature and a photo (``handover_receipt_has_proof``). No more is
    handed out than is due (``handover_quantity_fits_outcome``), and what was due is
    what the entitlement says (``handover_due_is_the_entitlements``). A card that was
    shown is the recipient's and in force (``handover_card_is_the_recipients``). Never
    changed or deleted (``handover_append_only``).
    """

    class Outcome(models.TextChoices):
        RECEIVED = "received"
        PARTIAL = "partial"
        ABSENT = "absent"
        DECLINED = "declined"

    class Proof(models.TextChoices):
        NONE = "none"
        ONE_TIME_CODE = "one_time_code"
        SIGNATURE = "signature"

    id = models.UUIDField(primary_key=True)
    entitlement = models.ForeignKey(
        Entitlement, models.PROTECT, related_name="handovers"
    )
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    due = models.BigIntegerField()
    quantity = models.BigIntegerField()
    proof = models.CharField(max_length=13, choices=Proof.choices)
    signature = models.ForeignKey(
        "intake.Upload", models.PROTECT, null=True, related_name="+"
    )
    photo = models.ForeignKey(
        "intake.Upload", models.PROTECT, null=True, related_name="+"
    )
    card = models.ForeignKey("aid.Card", models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entitlement"],
                condition=Q(outcome__in=["received", "partial", "declined"]),
                name="handover_received_once",
            ),
            models.CheckConstraint(
                name="handover_receipt_has_proof",
                condition=Q(outcome__in=["absent", "declined"])
                | Q(proof="one_time_code")
                | Q(proof="signature", signature__isnull=False, photo__isnull=False),
            ),
            models.CheckConstraint(
                name="handover_quantity_fits_outcome",
                condition=Q(outcome__in=["absent", "declined"], quantity=0)
                | Q(outcome="received", quantity=F("due"))
                | Q(outcome="partial", quantity__gt=0, quantity__lt=F("due")),
            ),
        ]
        triggers = [
            append_only("handover_append_only"),
            refuse_under_lock(
                "handover_not_paid",
                """NEW.outcome IN ('received', 'partial', 'declined') AND EXISTS (
                    SELECT FROM aid_payment WHERE entitlement_id = NEW.entitlement_id
                    AND state IN ('chosen', 'in_transit', 'paid'))""",
                "what is paid is not handed over",
            ),
            refuse_under_lock(
                "handover_absent_once_a_day",
                """NEW.outcome = 'absent' AND EXISTS (SELECT FROM aid_handover h
                    WHERE h.entitlement_id = NEW.entitlement_id
                    AND h.outcome = 'absent'
                    AND (h.recorded_at AT TIME ZONE 'Asia/Jakarta')::date =
                    (NEW.recorded_at AT TIME ZONE 'Asia/Jakarta')::date)""",
                "an absence is written down once a day",
            ),
            refuse_when(
                "handover_due_is_the_entitlements",
                """NEW.due IS DISTINCT FROM (SELECT amount FROM aid_entitlement
                    WHERE id = NEW.entitlement_id)""",
                "what was due is what the entitlement says",
            ),
            refuse_when(
                "handover_card_is_the_recipients",
                """NEW.card_id IS NOT NULL AND NOT EXISTS (SELECT FROM aid_card c
                    JOIN aid_entitlement e ON e.person_id = c.person_id
                    WHERE c.id = NEW.card_id AND c.ended_at IS NULL
                    AND e.id = NEW.entitlement_id)""",
                "a shown card is in force, and of the recipient",
            ),
        ]
