"""Staff accounts and the offices they hold."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from smartkampung.accounts.roles import Role


class Staff(AbstractBaseUser):
    """One member of staff who can sign in. Rights stand on ``Assignment`` only.

    ``family_index`` is the blind index of the family card of the officer, so that
    aid can notice when somebody checks their own kin.
    """

    username = models.CharField(max_length=150, unique=True)
    full_name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="id")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    family_index = models.BinaryField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BaseUserManager["Staff"]()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name_plural = "staff"

    def __str__(self) -> str:
        return self.username


class Assignment(models.Model):
    """A role over a region, or over the villages of a health centre, for a time.

    Promises kept by the database: it is over exactly one of the two
    (``assignment_has_one_place``) and ends after it begins
    (``assignment_ends_after_it_begins``). The period is half-open.
    """

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=30, choices=[(r.value, r.value) for r in Role])
    region = models.ForeignKey("regions.Region", models.PROTECT, null=True)
    health_centre = models.ForeignKey("regions.HealthCentre", models.PROTECT, null=True)
    since = models.DateField()
    until = models.DateField(null=True)
    granted_by = models.CharField(max_length=150)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assignment_has_one_place",
                condition=Q(region=None) ^ Q(health_centre=None),
            ),
            models.CheckConstraint(
                name="assignment_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gt=F("since")),
            ),
        ]


class ApiToken(models.Model):
    """A key for a program that acts in one office of its owner.

    Only the hash is kept. Rights are those of the assignment at each request.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    token_hash = models.BinaryField(unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
