"""From a decision to aid in hand."""

from django.db import models
from django.db.models import F, Q

from smartkampung.aid.models.claims import Claim, Decision
from smartkampung.aid.models.programmes import Programme
from smartkampung.aid.models.promises import append_only, refuse_when


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


class Entitlement(models.Model):
    """What one family or person is due from one programme for one period.

    Promise kept by the database: nobody is entitled twice for a period
    (``entitlement_once_per_period``). ``amount`` is in the programme's commodity;
    ``enrolment`` is its line on the programme's list, which others' red lights see.
    """

    decision = models.OneToOneField(Decision, models.PROTECT)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="entitlements")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    family = models.ForeignKey("residents.Family", models.PROTECT, related_name="+")
    person = models.ForeignKey("residents.Person", models.PROTECT, related_name="+")
    unit_key = models.CharField(max_length=30)
    region_code = models.CharField(max_length=30, db_collation="C")
    period = models.DateField()
    amount = models.BigIntegerField()
    enrolment = models.OneToOneField(
        "aid.Enrolment", models.PROTECT, null=True, related_name="+"
    )
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="dues")
    cancelled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "unit_key", "period"],
                condition=Q(cancelled=False),
                name="entitlement_once_per_period",
            ),
            models.CheckConstraint(
                name="entitlement_amount_is_positive", condition=Q(amount__gt=0)
            ),
        ]


class Handover(models.Model):
    """What happened at the hand-over of one entitlement: an outcome, with proof.

    Several attempts may be absent; aid is received once
    (``handover_received_once``). Received aid is proved by the recipient's one-time
    code, or by a signature and a photo (``handover_receipt_has_proof``). No more is
    handed out than is due (``handover_quantity_fits_outcome``), and what was due is
    what the entitlement says (``handover_due_is_the_entitlements``). Never changed or
    deleted (``handover_append_only``).
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
            refuse_when(
                "handover_due_is_the_entitlements",
                """NEW.due IS DISTINCT FROM (SELECT amount FROM aid_entitlement
                    WHERE id = NEW.entitlement_id)""",
                "what was due is what the entitlement says",
            ),
        ]
