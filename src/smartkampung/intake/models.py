"""What comes in: codes to follow it by, steps to see, keys against doubling, files."""

from django.db import models
from django.db.models import Q

from smartkampung.kernel.sealed import SealedField


class TrackedCase(models.Model):
    """Something a member of the public can follow with a code.

    Only the keyed hash of the code is kept. The steps hold nothing personal: they
    are equal for somebody we know and somebody we do not, until a human has acted.
    """

    code_hash = models.BinaryField(primary_key=True)
    kind = models.CharField(max_length=30)
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    expires_at = models.DateTimeField()
    region_code = models.CharField(max_length=30, db_collation="C")


class CaseStep(models.Model):
    """One dated step on the public timeline of a tracked case.

    Promise kept by the database: a step is reached once (``case_step_once``).
    """

    case = models.ForeignKey(TrackedCase, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=30)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "step"], name="case_step_once")
        ]


class IdempotencyKey(models.Model):
    """A request that was answered once; the same key gets the same answer.

    Promise kept by the database: ``idempotency_key_once``. The answer is sealed,
    because it holds the tracking code.
    """

    scope = models.CharField(max_length=40)
    key_hash = models.BinaryField()
    body_hash = models.BinaryField()
    answer = SealedField(purpose="answer", null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "key_hash"], name="idempotency_key_once"
            )
        ]


class OneTimeCode(models.Model):
    """A short code sent to a recorded phone; few tries, short life, spent once.

    Promises kept by the database: tries never run below zero
    (``one_time_code_tries_are_counted``); a subject has one code
    (``one_time_code_one_a_subject``), so that a newer one replaces the older.
    """

    purpose = models.CharField(max_length=30)
    subject = models.CharField(max_length=80)
    code_hash = models.BinaryField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries_left = models.SmallIntegerField(default=5)
    spent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="one_time_code_tries_are_counted", condition=Q(tries_left__gte=0)
            ),
            models.UniqueConstraint(
                fields=["purpose", "subject"], name="one_time_code_one_a_subject"
            ),
        ]


class Upload(models.Model):
    """A photo that was re-encoded on arrival: no metadata, random name."""

    id = models.UUIDField(primary_key=True)
    path = models.CharField(max_length=120)
    width = models.IntegerField()
    height = models.IntegerField()
    bytes = models.IntegerField()
    at = models.DateTimeField()
    region_code = models.CharField(max_length=30, db_collation="C")


class DayQuota(models.Model):
    """How much of something was taken in a place on a day.

    Promise kept by the database: never more than the limit
    (``day_quota_within_limit``).
    """

    scope = models.CharField(max_length=40)
    region_code = models.CharField(max_length=30, db_collation="C")
    on = models.DateField()
    limit = models.IntegerField()
    taken = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "region_code", "on"], name="day_quota_once_a_day"
            ),
            models.CheckConstraint(
                name="day_quota_within_limit",
                condition=Q(taken__gte=0) & Q(taken__lte=models.F("limit")),
            ),
        ]


class HitCount(models.Model):
    """How often one address, target or everybody came in one window of time.

    Promise kept by the database: one count a window (``hit_count_once_a_window``).
    The table is unlogged: counts may vanish in a crash, and cost no disk flush.
    """

    scope = models.CharField(max_length=40)
    key_hash = models.BinaryField()
    window_start = models.DateTimeField(db_index=True)
    hits = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "key_hash", "window_start"],
                name="hit_count_once_a_window",
            )
        ]
