"""Tables: field work that was done without a network, and how it arrives."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from smartkampung.frontline.field.rules.arriving import State
from smartkampung.kernel.sealed import SealedField

ENVELOPE = "field_record"
RESULT = "field_result"
CORRECTION = "field_correction"


class Record(models.Model):
    """One form that somebody filled in without a network, as it came.

    ``form_id`` is made when the form opens: what comes twice is one. What comes under
    the same id with other words stands beside the first (``first``), in sight, until a
    human decided. ``other_photo`` is what came second under the id of a photo. Body,
    position and the names of photos are sealed; ``mac`` is the keyed fingerprint by
    which equal bodies find each other. What tells about health (``health``), or may,
    stands behind a policy of its own. ``corrections`` are the answers that a colleague
    put in the place of wrong ones, or who filled it in, when it was sent back; what came
    stays as it came. ``saved_at`` is the time of the device,
    ``happened_at`` the same by our clock. Promises kept by the database:

    - a form arrives once (``field_record_form_once``), and so does each body of it
      from one person (``field_record_body_once``);
    - nothing that came is changed (``field_record_keeps_what_came``) or deleted
      (``field_record_is_kept``);
    - nobody decides about a record of their own (``field_record_needs_two_people``);
    - a decision says who and when (``field_record_decision_is_signed``), and what is
      set aside says why (``field_record_set_aside_says_why``);
    - whoever corrects an answer says so and why (``field_record_correction_says_why``);
    - what is sent back says by whom and why (``field_record_sent_back_says_why``).
    """

    form_id = models.UUIDField()
    first = models.ForeignKey("self", models.PROTECT, null=True, related_name="others")
    device = models.ForeignKey("accounts.Device", models.PROTECT, related_name="+")
    staff = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    target = models.CharField(max_length=60, blank=True)
    region_code = models.CharField(max_length=30, db_collation="C")
    health = models.BooleanField()
    mac = models.BinaryField()
    envelope = SealedField(purpose=ENVELOPE)
    photos = ArrayField(models.UUIDField(), default=list)
    other_photo = models.ForeignKey(
        "intake.Upload", models.PROTECT, null=True, related_name="+"
    )
    saved_at = models.DateTimeField(null=True)
    happened_at = models.DateTimeField()
    clock_off_s = models.IntegerField(null=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=[(s.value, s.name) for s in State])
    code = models.CharField(max_length=60, blank=True)
    words = models.JSONField(default=dict)
    errors = models.JSONField(default=dict)
    result = SealedField(purpose=RESULT, null=True)
    corrections = SealedField(purpose=CORRECTION, null=True)
    decided_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form_id"],
                condition=Q(first=None),
                name="field_record_form_once",
            ),
            models.UniqueConstraint(
                fields=["form_id", "staff", "mac"], name="field_record_body_once"
            ),
            models.CheckConstraint(
                name="field_record_needs_two_people",
                condition=Q(decided_by=None) | ~Q(decided_by=F("staff")),
            ),
            models.CheckConstraint(
                name="field_record_decision_is_signed",
                condition=Q(decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="field_record_set_aside_says_why",
                condition=~Q(state=State.SET_ASIDE)
                | (Q(decided_by__isnull=False) & ~Q(note="")),
            ),
            models.CheckConstraint(
                name="field_record_sent_back_says_why",
                condition=~Q(state=State.SENT_BACK)
                | (Q(decided_by__isnull=False) & ~Q(note="")),
            ),
            models.CheckConstraint(
                name="field_record_correction_says_why",
                condition=Q(corrections=None)
                | (Q(decided_by__isnull=False) & ~Q(note="")),
            ),
        ]
        indexes = [
            models.Index(fields=["staff", "-received_at"], name="field_record_staff"),
            models.Index(
                fields=["region_code", "received_at"],
                condition=Q(state__in=[State.REVIEW, State.HELD]),
                name="field_record_waiting",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="field_record_keeps_what_came",
                fields=[
                    "form_id",
                    "first",
                    "device",
                    "staff",
                    "kind",
                    "target",
                    "mac",
                    "envelope",
                    "photos",
                    "other_photo",
                    "saved_at",
                    "happened_at",
                    "clock_off_s",
                    "received_at",
                ],
            ),
            pgtrigger.Protect(name="field_record_is_kept", operation=pgtrigger.Delete),
        ]


class Photo(models.Model):
    """A photo or signature that came from a device, by the id that the device gave it.

    Promises kept by the database: one photo for an id of a person
    (``field_photo_once``), never changed or deleted (``field_photo_append_only``).
    """

    photo_id = models.UUIDField()
    staff = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    # Not known of the first ones.
    device = models.ForeignKey(
        "accounts.Device", models.PROTECT, null=True, related_name="+"
    )
    upload = models.ForeignKey("intake.Upload", models.PROTECT, related_name="+")
    sha256 = models.BinaryField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "photo_id"], name="field_photo_once"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="field_photo_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]
