"""Wordings of letters that somebody wrote for a place, version by version."""

import pgtrigger
from django.db import models
from django.db.models import F, Q


class WordingVersion(models.Model):
    """What a kind of letter says and asks in a place, from a day on once confirmed.

    ``body`` describes the whole kind (``rules.reading``). ``region_code`` is a regency,
    kecamatan or village: the nearest confirmed one holds. What comes with the program
    is number 0 and has no row. Promises kept by the database: a number stands once for
    a kind and place (``wording_number_once``); somebody else than the writer confirmed
    it (``wording_confirmed_by_another``); only that is ever added
    (``wording_only_confirmed``), and it is never deleted (``wording_kept``), because a
    letter that was written by it must stay readable.
    """

    kind = models.CharField(max_length=40, db_collation="C")
    region_code = models.CharField(max_length=30, db_collation="C")
    number = models.IntegerField()
    body = models.JSONField()
    digest = models.CharField(max_length=32)
    note = models.CharField(max_length=200)
    holds_from = models.DateField()
    written_by = models.CharField(max_length=150)
    written_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=150, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "region_code", "number"], name="wording_number_once"
            ),
            models.CheckConstraint(
                name="wording_confirmed_by_another",
                condition=Q(confirmed_by="", confirmed_at=None)
                | ~Q(confirmed_by="")
                & ~Q(confirmed_by=F("written_by"))
                & Q(confirmed_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="wording_only_confirmed", exclude=["confirmed_by", "confirmed_at"]
            ),
            pgtrigger.Protect(name="wording_kept", operation=pgtrigger.Delete),
        ]
