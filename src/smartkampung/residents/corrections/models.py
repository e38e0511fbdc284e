"""One wish to correct one field of a person's record or family card."""

from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.sealed import SealedField
from smartkampung.residents.rules.corrections import Field

WANTED = "correction"


class Correction(models.Model):
    """A wish that one field be corrected, with its evidence, until it is decided.

    ``form_id`` is made when the form opens: the same form sent twice is one wish
    (``correction_form_once``). Residents ask themselves (``asked_by`` is "resident") or an officer asks for them. NIK,
    family-card number and phone wait sealed. Promises kept by the database: whoever
    asked does not decide (``correction_maker_is_not_checker``); one open wish a
    person and field (``correction_one_open_per_field``); a decision says who and when
    (``correction_decision_is_signed``); a refusal says why
    (``correction_refusal_has_a_reason``); exactly one value is asked for, plain or
    sealed (``correction_asks_for_one_value``).
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        ACCEPTED = "accepted"
        REFUSED = "refused"

    form_id = models.UUIDField()
    person = models.ForeignKey(
        "residents.Person", models.PROTECT, related_name="corrections"
    )
    field = models.CharField(
        max_length=20, choices=[(field.value, field.name.title()) for field in Field]
    )
    recorded = models.CharField(max_length=200, blank=True)
    wanted = models.CharField(max_length=200, blank=True)
    wanted_sealed = SealedField(purpose=WANTED, null=True)
    explanation = models.CharField(max_length=500)
    evidence = models.ForeignKey(
        "intake.Upload", models.PROTECT, null=True, related_name="+"
    )
    region_code = models.CharField(max_length=30, db_collation="C")
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form_id"], name="correction_form_once"),
            models.CheckConstraint(
                name="correction_maker_is_not_checker",
                condition=~Q(asked_by=F("decided_by")),
            ),
            models.UniqueConstraint(
                fields=["person", "field"],
                condition=Q(state="waiting"),
                name="correction_one_open_per_field",
            ),
            models.CheckConstraint(
                name="correction_decision_is_signed",
                condition=Q(state="waiting", decided_by="", decided_at=None)
                | ~Q(state="waiting") & ~Q(decided_by="") & Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="correction_refusal_has_a_reason",
                condition=~Q(state="refused") | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="correction_asks_for_one_value",
                condition=Q(wanted="", wanted_sealed__isnull=False)
                | ~Q(wanted="") & Q(wanted_sealed=None),
            ),
        ]
        indexes = [
            models.Index(fields=["region_code", "due_at"], name="correction_region")
        ]
