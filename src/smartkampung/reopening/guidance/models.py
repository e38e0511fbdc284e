"""Versions of guidance, with validity, source, and who confirmed them."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from smartkampung.reopening.guidance.rules.kinds import Kind
from smartkampung.reopening.guidance.words import REFERENCES

SEEDED = "system"  # who wrote the first versions, which hold as they were published


class Guidance(models.Model):
    """What is prescribed from a day on, until the next version of its kind begins.

    Everybody may read it. Of two that begin on one day the later written holds. Before
    the first version of a kind nothing is prescribed, and nothing can be decided.
    ``verified_by`` is another official who confirmed it against its source: until then
    it does not hold, and after that from the next day on (see ``queries.in_force``).
    Only the first versions, which came with the program, hold unconfirmed.
    Promises kept by the database: no version begins on a day that had begun when it
    was written, so that the past stays as it was (``guidance_begins_later``); whoever
    confirms it is not who wrote it (``guidance_confirmed_by_another``); only that is
    ever added to it (``guidance_only_confirmed``), and it is never deleted
    (``guidance_kept``).
    """

    kind = models.CharField(max_length=12, choices=[(one.value, one) for one in Kind])
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
                name="guidance_confirmed_by_another",
                condition=Q(verified_by="", verified_at=None)
                | ~Q(verified_by="")
                & ~Q(verified_by=F("by"))
                & Q(verified_at__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["kind", "since"], name="guidance_in_force")]
        triggers = [
            pgtrigger.ReadOnly(
                name="guidance_only_confirmed", exclude=["verified_by", "verified_at"]
            ),
            pgtrigger.Protect(name="guidance_kept", operation=pgtrigger.Delete),
        ]

    @property
    def reference(self) -> str:
        """Return on what decision it rests, in the language of who reads."""
        return str(REFERENCES.get(self.legal_reference, self.legal_reference))
