"""What was told without a name about aid that was cut."""

import pgtrigger
from django.db import models
from django.db.models import Q

from smartkampung.aid.complaints.rules import Kind
from smartkampung.aid.models.promises import refuse_when


class Complaint(models.Model):
    """Somebody tells of a share that was taken; nothing is kept about who tells.

    Only the keyed hash of the code is kept. ``region_code`` is the village.

    Promises kept by the database: a form sent twice is one complaint
    (``complaint_form_once``); an answer has words, a day and somebody who gave it
    (``complaint_answer_is_whole``), who recorded no hand-over in that village
    (``complaint_answered_by_an_outsider``).
    """

    code_hash = models.BinaryField(unique=True)
    form_id = models.UUIDField()
    region_code = models.CharField(max_length=30, db_collation="C")
    programme = models.ForeignKey(
        "aid.Programme", models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(
        max_length=13, choices=[(k.value, k.name.title()) for k in Kind]
    )
    text = models.TextField(max_length=1000)
    told_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.TextField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form_id"], name="complaint_form_once"),
            models.CheckConstraint(
                name="complaint_answer_is_whole",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | ~Q(answer="")
                & Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["region_code"], name="complaint_region")]
        triggers = [
            refuse_when(
                "complaint_answered_by_an_outsider",
                """NEW.answered_by_id IS NOT NULL AND EXISTS (
                    SELECT 1 FROM aid_handover h JOIN aid_entitlement e
                        ON e.id = h.entitlement_id
                    WHERE h.recorded_by_id = NEW.answered_by_id
                        AND starts_with(e.region_code || '.', NEW.region_code || '.'))""",
                "whoever handed out aid in a village answers no complaint about it",
                operation=pgtrigger.Update,
            )
        ]
