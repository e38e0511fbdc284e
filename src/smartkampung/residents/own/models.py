"""How residents get to their own data, and what they agree to."""

import pgtrigger
from django.db import models

from smartkampung.kernel.sealed import SealedField


class CodeRequest(models.Model):
    """Somebody typed a NIK and a family-card number and asked for a code.

    Written alike for numbers that nobody knows; the job that looks deletes it.
    """

    nik = SealedField(purpose="nik")
    kk = SealedField(purpose="kk")
    asked_at = models.DateTimeField()


class ResidentSession(models.Model):
    """One browser in which a resident reads what is recorded about the family.

    The table alone opens nothing: of the cookie only the hash is kept. It is worth
    nothing once the person left the family it was opened for. ``expires_at`` is the
    earlier of the idle and the absolute time-out.
    """

    key_hash = models.BinaryField(unique=True)
    person = models.ForeignKey("residents.Person", models.CASCADE, related_name="+")
    family = models.ForeignKey("residents.Family", models.CASCADE, related_name="+")
    begun_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)


class ConsentChange(models.Model):
    """A family gave or withdrew its consent to something that nobody must agree to.

    The latest change of a purpose counts; before the first, ``rules.consents`` says
    what holds. Promise kept by the database: changes are never changed or deleted
    (trigger ``consent_change_append_only``).
    """

    family = models.ForeignKey(
        "residents.Family", models.PROTECT, related_name="consent_changes"
    )
    purpose = models.CharField(max_length=30)
    given = models.BooleanField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = [
            models.Index(fields=["family", "purpose", "-at"], name="consent_latest")
        ]
        triggers = [
            pgtrigger.Protect(
                name="consent_change_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]
