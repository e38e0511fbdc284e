"""What happened to people in a programme: facts that are added and never changed."""

from django.db import models
from django.db.models import Q

from smartkampung.kernel.promises import append_only
from smartkampung.recovery.programmes.models.offers import Offer
from smartkampung.recovery.programmes.models.seats import Seat
from smartkampung.recovery.programmes.rules.states import Milestone, Stage


class Sheet(models.Model):
    """Who was there on one day, as one officer wrote it down; the id is the form's.

    A later sheet of the same day corrects an earlier one for the people on it. Promise
    kept by the database: a sheet is never changed (``sheet_append_only``).
    """

    id = models.UUIDField(primary_key=True)
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="sheets")
    on = models.DateField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["offer", "on"], name="sheet_day")]
        triggers = [append_only("sheet_append_only")]


class Attendance(models.Model):
    """One person on one sheet.

    Promises kept by the database: a person stands once on a sheet
    (``attendance_once_a_sheet``), and what was written stays
    (``attendance_append_only``).
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="lines")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendance")
    present = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "seat"], name="attendance_once_a_sheet"
            )
        ]
        triggers = [append_only("attendance_append_only")]


class MilestoneReached(models.Model):
    """Something that somebody reached.

    Promises kept by the database: once each (``milestone_once``), for good
    (``milestone_append_only``).
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="milestones")
    what = models.CharField(
        max_length=17, choices=[(one.value, one.name.title()) for one in Milestone]
    )
    on = models.DateField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "what"], name="milestone_once")
        ]
        triggers = [append_only("milestone_append_only")]


class Outcome(models.Model):
    """What somebody earned a month, when asked at the end and months later.

    Promises kept by the database: asked once at each stage (``outcome_once``), kept as
    told (``outcome_append_only``), no income is below nought
    (``outcome_income_possible``).
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="outcomes")
    stage = models.CharField(
        max_length=3, choices=[(one.value, one.name.title()) for one in Stage]
    )
    income = models.BigIntegerField()
    on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "stage"], name="outcome_once"),
            models.CheckConstraint(
                name="outcome_income_possible", condition=Q(income__gte=0)
            ),
        ]
        triggers = [append_only("outcome_append_only")]
