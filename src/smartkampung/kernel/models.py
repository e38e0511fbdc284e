"""What the queue remembers about each job beyond what procrastinate does."""

from django.db import models
from procrastinate.contrib.django.models import ProcrastinateJob


class JobNote(models.Model):
    """Whether a job's work is in the database, or what went wrong last time.

    ``done_at`` is written in the transaction of the work itself. A worker killed
    after that commit, but before it told the queue, is told here that nothing is
    left to do: so the work is done once. ``error`` names the kind of error, never
    its text, which may hold what people typed. The note goes with its job
    (``job_note_goes_with_its_job``).
    """

    job = models.OneToOneField(
        ProcrastinateJob,
        models.DO_NOTHING,
        primary_key=True,
        related_name="note",
        db_constraint=False,
    )
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
