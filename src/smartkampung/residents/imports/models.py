"""Imports and what they leave behind; what people are told is read from here.

Nothing here holds a plain NIK: what stood in the file is sealed, row by row, and the
uploaded file itself is kept sealed until it was applied or has expired.
"""

import pghistory
from django.db import models
from django.db.models import Q

from smartkampung.kernel.sealed import SealedField
from smartkampung.residents.imports.reading.days import DAYS
from smartkampung.residents.imports.reading.records import Format

ROW = "import"
DETAILS = "details"
# What changes the registry; accounts have a record of their own (aid.AccountList).
ELSEWHERE = (
    Format.ACCOUNTS,
    Format.AFFECTED,
    Format.CASES,
    Format.REVENUE,
    Format.VISITS,
    Format.BUSINESSES,
    *DAYS,
)
REGISTRY = [kind for kind in Format if kind not in ELSEWHERE]


class Import(models.Model):
    """One file that somebody brought, from its arrival to its undoing.

    ``context`` marks, in the row history, everything that the import changed: undo
    reads it from there. Promises kept by the database: what was applied was applied
    by somebody (``import_applied_by_somebody``), and only what was applied is undone
    (``import_undone_after_applied``).
    """

    class State(models.TextChoices):
        RECEIVED = "received"
        READY = "ready"
        UNUSABLE = "unusable"
        APPLYING = "applying"
        APPLIED = "applied"
        UNDOING = "undoing"
        UNDONE = "undone"
        DISCARDED = "discarded"

    format = models.CharField(
        max_length=10, choices=[(kind.value, kind.value) for kind in REGISTRY]
    )
    region_code = models.CharField(max_length=30, db_collation="C")
    file_name = models.CharField(max_length=120)
    file_size = models.BigIntegerField()
    file_hash = models.BinaryField()
    path = models.CharField(max_length=80, blank=True)
    rejections_path = models.CharField(max_length=80, blank=True)
    options = models.JSONField(default=dict)
    received_by = models.CharField(max_length=150)
    received_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(
        max_length=9, choices=State.choices, default=State.RECEIVED
    )
    problem = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    fingerprint = models.BinaryField(default=bytes)
    changed_meanwhile = models.BooleanField(default=False)
    context = models.UUIDField(null=True, unique=True)
    added = models.JSONField(default=dict)
    applied_by = models.CharField(max_length=150, blank=True)
    applied_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)
    undone_at = models.DateTimeField(null=True)
    kept = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_applied_by_somebody",
                condition=Q(applied_at=None, applied_by="", context=None)
                | Q(applied_at__isnull=False, context__isnull=False)
                & ~Q(applied_by=""),
            ),
            models.CheckConstraint(
                name="import_undone_after_applied",
                condition=Q(undone_at=None, undone_by="")
                | Q(applied_at__isnull=False, undone_at__gte=models.F("applied_at"))
                & ~Q(undone_by=""),
            ),
        ]
        indexes = [
            models.Index(fields=["region_code", "-received_at"], name="import_region")
        ]


class ImportRow(models.Model):
    """What the preview found in one row that is not simply unchanged; sealed."""

    class Outcome(models.TextChoices):
        NEW = "new"
        CHANGED = "changed"
        REJECTED = "rejected"
        REVIEW = "review"
        NOTED = "noted"

    batch = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    line = models.IntegerField()
    person_id = models.BigIntegerField(null=True)
    box = SealedField(purpose=ROW)

    class Meta:
        indexes = [
            models.Index(fields=["batch", "outcome", "line"], name="import_row_list")
        ]


class ImportReview(models.Model):
    """A row that contradicts the registry; a human decides, nothing is guessed.

    Promises kept by the database: the same contradiction waits once
    (``import_review_open_once``); a decision has a decider
    (``import_review_decided_by_somebody``). ``other_region`` is where the person
    lives now, when that is another village: staff there decide about the move.
    """

    class Kind(models.TextChoices):
        BIRTH_DATE = "birth_date"
        OTHER_PERSON = "other_person"
        ELSEWHERE = "elsewhere"
        NOW_HAS_NIK = "now_has_nik"
        HAD_NIK = "had_nik"
        TWICE_IN_FILE = "twice_in_file"
        BACK_TO_LIFE = "back_to_life"
        CARD_ELSEWHERE = "card_elsewhere"
        NUMBERS_DISAGREE = "numbers_disagree"

    class Decision(models.TextChoices):
        SAME_PERSON = "same_person"
        ANOTHER_PERSON = "another_person"
        MOVE_HERE = "move_here"
        JOIN_CARD = "join_card"
        DISMISS = "dismiss"

    batch = models.ForeignKey(Import, models.CASCADE, related_name="reviews")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    line = models.IntegerField()
    region_code = models.CharField(max_length=30, db_collation="C")
    other_region = models.CharField(max_length=30, blank=True, db_collation="C")
    person = models.ForeignKey(
        "residents.Person", models.SET_NULL, null=True, related_name="+"
    )
    box = SealedField(purpose=ROW)
    fingerprint = models.BinaryField()
    opened_at = models.DateTimeField()
    decision = models.CharField(max_length=14, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=Q(decided_at=None),
                name="import_review_open_once",
            ),
            models.CheckConstraint(
                name="import_review_decided_by_somebody",
                condition=Q(decided_at=None, decision="", decided_by="")
                | Q(decided_at__isnull=False) & ~Q(decision="") & ~Q(decided_by=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["region_code", "opened_at"],
                condition=Q(decided_at=None),
                name="import_review_open",
            ),
            models.Index(fields=["fingerprint"], name="import_review_print"),
        ]


class ImportProgress(models.Model):
    """How far a running import is. Written beside its transaction, so that it shows.

    No foreign key: the import's own row may be locked by the work that reports.
    """

    batch_id = models.BigIntegerField(primary_key=True)
    done = models.BigIntegerField()
    total = models.BigIntegerField()
    at = models.DateTimeField()


@pghistory.track()
class PersonDetail(models.Model):
    """What a village's file says of a person beyond the registry: kept, given back.

    Deeds, passports, disability, insurance and so on as one sealed text, because
    nothing reads them but the person, the village and the next export.
    """

    person = models.OneToOneField(
        "residents.Person", models.CASCADE, primary_key=True, related_name="detail"
    )
    box = SealedField(purpose=DETAILS)


@pghistory.track()
class FamilyDecile(models.Model):
    """The welfare decile of a family, by a list of DTKS or DTSEN.

    Promise kept by the database: a decile is 1 to 10 (``family_decile_is_1_to_10``).
    """

    family = models.OneToOneField(
        "residents.Family", models.CASCADE, primary_key=True, related_name="decile"
    )
    decile = models.SmallIntegerField()
    source = models.CharField(max_length=60)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="family_decile_is_1_to_10",
                condition=Q(decile__gte=1, decile__lte=10),
            )
        ]
