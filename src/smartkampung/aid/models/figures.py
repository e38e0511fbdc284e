"""Counts that anybody may read, made from tables that nobody may."""

from django.db import models


class PublishedFigure(models.Model):
    """One count for the first page; empty when it is too small to be shown.

    The public reaches no claim (row-level security), so a job counts now and then.
    """

    name = models.CharField(max_length=40, primary_key=True)
    value = models.BigIntegerField(null=True)
    counted_at = models.DateTimeField()
