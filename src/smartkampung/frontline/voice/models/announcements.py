"""What an office says to other offices, who read it, and who did what it asks."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from smartkampung.frontline.voice.rules.asking import Ask
from smartkampung.kernel.promises import append_only


class Announcement(models.Model):
    """News from a regency, kecamatan or village to the offices of an area.

    Empty ``roles`` mean every office there. A ``public`` one is also read by residents,
    in the archive of their village. What was said stays as it was said: a mistake is
    withdrawn, with a reason, and said anew. One of ``danger`` names which; only then may
    a message to phones warn of it.
    Promises kept by the database: only a withdrawal is ever added
    (``announcement_text_stands``) and nothing deleted (``announcement_kept``); who asks
    for an act names a day (``announcement_act_has_a_day``); a withdrawal says who and
    why (``announcement_withdrawal_is_signed``); a danger is kept from nobody
    (``announcement_danger_is_public``).
    """

    title = models.CharField(max_length=120)
    body = models.TextField()
    region_code = models.CharField(max_length=30, db_collation="C")
    roles = ArrayField(models.CharField(max_length=30))
    asks = models.CharField(max_length=11, choices=[(one.value, one) for one in Ask])
    due_on = models.DateField(null=True)
    public = models.BooleanField(default=False)
    danger = models.CharField(max_length=10, blank=True, db_default="")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=150, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="announcement_act_has_a_day",
                condition=~Q(asks=Ask.ACT) | Q(due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="announcement_danger_is_public",
                condition=Q(danger="") | Q(public=True),
            ),
            models.CheckConstraint(
                name="announcement_withdrawal_is_signed",
                condition=Q(withdrawn_at=None, withdrawn_by="", withdrawn_reason="")
                | Q(withdrawn_at__isnull=False)
                & ~Q(withdrawn_by="")
                & ~Q(withdrawn_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["region_code", "-at"], name="announcement_area"),
            models.Index(
                fields=["-at"], condition=Q(public=True), name="announcement_public"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="announcement_text_stands",
                exclude=["withdrawn_by", "withdrawn_at", "withdrawn_reason"],
            ),
            pgtrigger.Protect(name="announcement_kept", operation=pgtrigger.Delete),
        ]


class Attachment(models.Model):
    """A photo or a PDF that goes with an announcement.

    ``upload`` keeps a photo from being thrown away as unused; a PDF has none. Promise
    kept by the database: it stays what it was (``attachment_append_only``).
    """

    class Kind(models.TextChoices):
        PHOTO = "photo"
        PDF = "pdf"

    announcement = models.ForeignKey(
        Announcement, models.PROTECT, related_name="attachments"
    )
    kind = models.CharField(max_length=5, choices=Kind.choices)
    name = models.CharField(max_length=80)
    path = models.CharField(max_length=80)
    upload = models.ForeignKey(
        "intake.Upload", models.PROTECT, null=True, related_name="+"
    )
    bytes = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        triggers = [append_only("attachment_append_only")]


class Reading(models.Model):
    """Somebody opened an announcement, and perhaps said that they took note.

    Promises kept by the database: once a person (``reading_once``), and nobody takes
    note of what they did not read (``reading_before_acknowledging``).
    """

    announcement = models.ForeignKey(
        Announcement, models.PROTECT, related_name="readings"
    )
    staff = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "staff"], name="reading_once"
            ),
            models.CheckConstraint(
                name="reading_before_acknowledging",
                condition=Q(acknowledged_at=None)
                | Q(acknowledged_at__gte=F("read_at")),
            ),
        ]


class Task(models.Model):
    """What an announcement asks of one office, whoever holds it.

    ``place`` is the code of the region or health centre of the office. Promises kept
    by the database: an office is asked once (``task_once_an_office``); done says who,
    when and what (``task_done_is_signed``).
    """

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="tasks")
    role = models.CharField(max_length=30)
    place = models.CharField(max_length=30, db_collation="C")
    region_code = models.CharField(max_length=30, db_collation="C")
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=150, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "role", "place"], name="task_once_an_office"
            ),
            models.CheckConstraint(
                name="task_done_is_signed",
                condition=Q(done_at=None, done_by="", note="")
                | Q(done_at__isnull=False) & ~Q(done_by="") & ~Q(note=""),
            ),
        ]
