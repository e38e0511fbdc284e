"""What owners and inspectors found at a place, and what visitors complain of."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.promises import append_only, refuse_when
from smartkampung.reopening.places.models.places import Place
from smartkampung.reopening.places.models.protocols import ProtocolVersion


class SelfAssessment(models.Model):
    """What an owner says of their own place, by the checklist of the day.

    Promises kept by the database: a form sent twice is one assessment
    (``self_assessment_form_once``); it is never changed
    (``self_assessment_append_only``).
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="assessments")
    protocol = models.ForeignKey(ProtocolVersion, models.PROTECT, related_name="+")
    form_id = models.UUIDField()
    kept = ArrayField(models.CharField(max_length=20))
    points = models.SmallIntegerField()
    failed = ArrayField(models.CharField(max_length=20))
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form_id"], name="self_assessment_form_once"
            )
        ]
        triggers = [append_only("self_assessment_append_only")]


class Inspection(models.Model):
    """One visit by the checklist of its day; the last one says how a place stands.

    Promises kept by the database: a form sent twice is one visit
    (``place_inspection_form_once``); it passes with enough points and every must, and
    only so (``place_inspection_passes_by_score``); nobody inspects what they run
    (``place_inspection_not_by_who_runs_it``); what was found is never changed
    (``place_inspection_append_only``).
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="inspections")
    protocol = models.ForeignKey(ProtocolVersion, models.PROTECT, related_name="+")
    form_id = models.UUIDField()
    kept = ArrayField(models.CharField(max_length=20))
    points = models.SmallIntegerField()
    needed = models.SmallIntegerField()
    failed = ArrayField(models.CharField(max_length=20))
    passed = models.BooleanField()
    note = models.CharField(max_length=400, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form_id"], name="place_inspection_form_once"
            ),
            models.CheckConstraint(
                name="place_inspection_passes_by_score",
                condition=Q(passed=True, failed=[], points__gte=F("needed"))
                | Q(passed=False) & (~Q(failed=[]) | Q(points__lt=F("needed"))),
            ),
        ]
        indexes = [models.Index(fields=["place", "at"], name="place_inspection_last")]
        triggers = [
            append_only("place_inspection_append_only"),
            refuse_when(
                "place_inspection_not_by_who_runs_it",
                "EXISTS (SELECT FROM places_place"
                ' WHERE id = NEW.place_id AND run_by = NEW."by")',
                "nobody inspects a place that they run",
            ),
        ]


class InspectionPhoto(models.Model):
    """A photo of a visit. Promise: once a visit (``place_inspection_photo_once``)."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="photos")
    upload = models.ForeignKey("intake.Upload", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "upload"], name="place_inspection_photo_once"
            )
        ]


class Complaint(models.Model):
    """What a visitor says is not kept. Nothing says who they are.

    Promises kept by the database: a form sent twice is one complaint
    (``place_complaint_form_once``); an answer has its words, who gave it and when
    (``place_complaint_answered_whole``), and is not given by who runs the place
    (``place_complaint_not_by_who_runs_it``).
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="complaints")
    form_id = models.UUIDField()
    code_hash = models.BinaryField(unique=True)
    text = models.CharField(max_length=600)
    photo = models.ForeignKey(
        "intake.Upload", models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    answer = models.CharField(max_length=600, blank=True)
    inspects = models.BooleanField(default=False)
    answered_by = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form_id"], name="place_complaint_form_once"
            ),
            models.CheckConstraint(
                name="place_complaint_answered_whole",
                condition=Q(answer="", answered_by="", answered_at=None)
                | ~Q(answer="") & ~Q(answered_by="") & Q(answered_at__isnull=False),
            ),
        ]
        triggers = [
            refuse_when(
                "place_complaint_not_by_who_runs_it",
                "NEW.answered_by <> '' AND EXISTS (SELECT FROM places_place"
                " WHERE id = NEW.place_id AND run_by = NEW.answered_by)",
                "nobody answers a complaint about a place that they run",
                operation=pgtrigger.Insert | pgtrigger.Update,
            )
        ]
