"""Versions of the protocol of each kind of place, and of events."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from smartkampung.reopening.places.rules.protocol import KINDS


class ProtocolVersion(models.Model):
    """What a kind of place is looked at by from a day on, until its next version.

    Everybody may read it. Of two that begin on one day the later written holds.
    ``verified_by`` is another official who confirmed it against its source: until then
    it does not hold, and after that from the next day on. Only the first versions,
    which came with the program, hold unconfirmed.
    Promises kept by the database: no version begins on a day that had begun when it
    was written (``place_protocol_begins_later``); whoever confirms it is not who wrote
    it (``place_protocol_confirmed_by_another``); only that is ever added to it
    (``place_protocol_only_confirmed``), and it is never deleted
    (``place_protocol_kept``).
    """

    kind = models.CharField(max_length=12, choices=[(one, one) for one in KINDS])
    since = models.DateField()
    body = models.JSONField()
    legal_reference = models.CharField(max_length=200)
    source_url = models.CharField(max_length=300)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    verified_by = models.CharField(max_length=150, blank=True)
    verified_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="place_protocol_confirmed_by_another",
                condition=Q(verified_by="", verified_at=None)
                | ~Q(verified_by="")
                & ~Q(verified_by=F("by"))
                & Q(verified_at__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["kind", "since"], name="place_protocol_in_force")
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="place_protocol_only_confirmed",
                exclude=["verified_by", "verified_at"],
            ),
            pgtrigger.Protect(name="place_protocol_kept", operation=pgtrigger.Delete),
        ]
