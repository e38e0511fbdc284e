"""Questions to the civil registry, their answers, and how the line to it is."""

import uuid

from django.db import models
from django.db.models import Q

from smartkampung.residents.models import Person


class Check(models.Model):
    """One question about one person, and its answer: match or no match per field.

    It holds no data of the person: the question is put together from the record when
    it is sent. ``fingerprint`` tells whether the record is still the one that was
    asked about. Promises kept by the database: one question about a person waits at a
    time (``identity_check_waits_once``); a question has a key of its own
    (``identity_check_key_unique``); an answer says when and whether the NIK exists, and
    a waiting question says neither (``identity_check_answer_is_whole``).
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        ANSWERED = "answered"
        REFUSED = "refused"

    key = models.UUIDField(default=uuid.uuid4)
    person = models.ForeignKey(Person, models.CASCADE, related_name="identity_checks")
    region_code = models.CharField(max_length=30, db_collation="C")
    purpose = models.CharField(max_length=20)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.IntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    fingerprint = models.BinaryField(null=True)
    found = models.BooleanField(null=True)
    agrees = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="identity_check_key_unique"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state="waiting"),
                name="identity_check_waits_once",
            ),
            models.CheckConstraint(
                name="identity_check_answer_is_whole",
                condition=Q(state="waiting", answered_at=None, found=None)
                | Q(state="refused", answered_at__isnull=False, found=None)
                | Q(state="answered", answered_at__isnull=False, found__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["tries", "asked_at"],
                condition=Q(state="waiting"),
                name="identity_check_queue",
            ),
            models.Index(fields=["answered_at"], name="identity_check_answered"),
        ]


class Line(models.Model):
    """How the one line to the service is: failures in a row, breaks, today's quota.

    Promise kept by the database: there is one (``identity_line_is_one``), so that all
    workers together keep the quota and stay away together.
    """

    failures = models.IntegerField(default=0)
    quiet_until = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=60, blank=True)
    troubled_at = models.DateTimeField(null=True)
    quota_day = models.DateField(null=True)
    spent = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="identity_line_is_one", condition=Q(pk=1))
        ]
