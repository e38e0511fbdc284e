"""Pairs of records that may be of one person, and what was done about them."""

from django.db import models
from django.db.models import F, Q

from smartkampung.residents.models import Person


class Run(models.Model):
    """One search of the whole registry: by which model, how far, what it found.

    A run that was killed has no end; the next one finds the same again.
    """

    model_version = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=150)
    finished_at = models.DateTimeField(null=True)
    people = models.IntegerField(default=0)
    pairs = models.IntegerField(default=0)
    proposed = models.IntegerField(default=0)


class Pair(models.Model):
    """Two records that may be of one person, with the weight of each field.

    ``why`` maps comparison to ``[level, weight]``: codes and numbers, nothing of the
    people. ``region_code`` is the smallest region that holds both, or a larger one
    once somebody there was not sure. Promises kept by the database: two records are
    proposed once, whatever was decided (``pair_proposed_once``), the older first
    (``pair_is_ordered``); a decision has a decider
    (``pair_decision_has_a_decider``).
    """

    class Decision(models.TextChoices):
        SAME = "same"
        DIFFERENT = "different"

    first = models.ForeignKey(Person, models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    weight = models.FloatField()
    why = models.JSONField()
    model_version = models.CharField(max_length=40)
    region_code = models.CharField(max_length=30, db_collation="C")
    found_at = models.DateTimeField()
    unsure_by = models.CharField(max_length=150, blank=True)
    decision = models.CharField(max_length=9, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], name="pair_proposed_once"
            ),
            models.CheckConstraint(
                name="pair_is_ordered", condition=Q(first__lt=F("second"))
            ),
            models.CheckConstraint(
                name="pair_decision_has_a_decider",
                condition=Q(decided_at=None, decision="", decided_by="")
                | Q(decided_at__isnull=False) & ~Q(decision="") & ~Q(decided_by=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["region_code", "-weight"],
                condition=Q(decided_at=None),
                name="pair_open",
            ),
        ]


class Merge(models.Model):
    """One record taken up by another: everything that changed stands in ``changes``.

    Promises kept by the database: a record is taken up by one other at a time
    (``merge_absorbed_once``), never by itself (``merge_of_two_records``); an undo
    says who did it (``merge_undone_by_somebody``).
    """

    pair = models.ForeignKey(Pair, models.PROTECT, related_name="merges")
    survivor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    absorbed = models.ForeignKey(Person, models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    merged_by = models.CharField(max_length=150)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at=None),
                name="merge_absorbed_once",
            ),
            models.CheckConstraint(
                name="merge_of_two_records", condition=~Q(survivor=F("absorbed"))
            ),
            models.CheckConstraint(
                name="merge_undone_by_somebody",
                condition=Q(undone_at=None, undone_by="")
                | Q(undone_at__isnull=False) & ~Q(undone_by=""),
            ),
        ]


class MergeChange(models.Model):
    """One value that a merge changed: in which row and column, from what to what.

    Written as the database prints the value, so that an undo puts back exactly that; a
    NIK only by its fingerprint. ``kept`` says that an undo left it alone, because
    somebody had changed it since.
    """

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="changes")
    table = models.CharField(max_length=80)
    row = models.CharField(max_length=60)
    column = models.CharField(max_length=80)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    kept = models.BooleanField(default=False)


class NameShare(models.Model):
    """How large a share of the people bears a common name: rare names weigh more.

    Written by each run, for those that are common enough to matter; what is not
    here is rare. Promise kept by the database: a value has one share
    (``name_share_once``).
    """

    column = models.CharField(max_length=20)
    value = models.CharField(max_length=120, db_collation="C")
    share = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["column", "value"], name="name_share_once")
        ]
