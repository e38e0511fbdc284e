"""What messages to officers' own phones about one thing may cost."""

from django.db import models


class Telling(models.Model):
    """Messages to officers about one thing: an announcement, a reminder, a decision.

    ``about`` is the name under which they are counted, ``purse`` and ``month`` say who
    pays: the same budget as for messages to residents. ``cost`` is what was promised,
    ``used`` what it really cost, once nothing of it can cost more: the rest went back.
    Promise kept by the database: one thing is paid for once (``telling_once``).
    """

    announcement = models.ForeignKey(
        "voice.Announcement", models.PROTECT, null=True, related_name="tellings"
    )
    about = models.CharField(max_length=60)
    purse = models.CharField(max_length=30, db_collation="C")
    month = models.DateField()
    at = models.DateTimeField()
    cost = models.IntegerField(default=0)
    used = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about"], name="telling_once"),
        ]
        indexes = [
            models.Index(
                fields=["at"], condition=models.Q(used=None), name="telling_open"
            )
        ]
