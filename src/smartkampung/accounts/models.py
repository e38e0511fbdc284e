"""Staff accounts and the offices they hold."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Collate, Lower, Now

from smartkampung.accounts.actor import Post
from smartkampung.accounts.roles import Role
from smartkampung.accounts.rules import LONGEST_COVER
from smartkampung.kernel.promises import refuse_when
from smartkampung.kernel.sealed import SealedField
from smartkampung.regions.models import half_open

PHONE = "phone"  # one purpose for all numbers, so that STOP finds each
_PLACE = Collate(
    Coalesce("region", "health_centre", output_field=models.CharField()), "C"
)


class Staff(AbstractBaseUser):
    """One member of staff who can sign in. Rights stand on ``Assignment`` only.

    ``family_index`` is the blind index of the family card of the officer, so that
    aid can notice when somebody checks their own kin. Promise kept by the database:
    usernames are in lower case (``staff_username_is_lower_case``).
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
    # Rights read together with the session, for the one request it serves.
    posts_read: tuple[Post, ...] | None = None
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name_plural = "staff"
        constraints = [
            models.CheckConstraint(
                name="staff_username_is_lower_case",
                condition=Q(username=Lower("username")),
            )
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def may_enter(self) -> bool:
        """Say whether this account opens anything here.

        The password of demo accounts is public: outside the demo they are shut.
        """
        return self.is_active and (settings.DEMO or not self.is_demo)


class Assignment(models.Model):
    """A role over a region, or over the villages of a health centre, for a time.

    Promises kept by the database: it is over exactly one of the two
    (``assignment_has_one_place``) and ends after it begins
    (``assignment_ends_after_it_begins``); nobody holds one office twice at a time
    (``assignment_not_held_twice``); a revocation names who and why
    (``assignment_revocation_is_signed``). The period is half-open.
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
    revoke_reason = models.CharField(max_length=200, blank=True)

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
            models.CheckConstraint(
                name="assignment_revocation_is_signed",
                condition=Q(revoked_at=None, revoked_by="", revoke_reason="")
                | (
                    Q(revoked_at__isnull=False)
                    & ~Q(revoked_by="")
                    & ~Q(revoke_reason="")
                ),
            ),
            ExclusionConstraint(
                name="assignment_not_held_twice",
                expressions=[
                    ("staff", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (_PLACE, RangeOperators.EQUAL),
                    (half_open(), RangeOperators.OVERLAPS),
                ],
                condition=Q(revoked_at=None),
            ),
        ]


class ApiToken(models.Model):
    """A key for a program that acts in one office of its owner.

    Only the hash is kept. Rights are those of the assignment at each request.
    Promise kept by the database: every token ends (``token_ends_after_it_begins``).
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    token_hash = models.BinaryField(unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="token_ends_after_it_begins",
                condition=Q(expires_at__gt=F("created_at")),
            )
        ]


class Device(models.Model):
    """A phone on which somebody does field work without a network.

    Of its token only the hash is kept; rights are those of the person at each
    request, of all their posts. It ends by itself when it was not heard of for long, when it is
    old, and with the password.
    Promises kept by the database: every device ends (``device_ends_after_it_begins``)
    and a revocation says who (``device_revocation_is_signed``).
    """

    id = models.UUIDField(primary_key=True)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="devices")
    name = models.CharField(max_length=80)
    token_hash = models.BinaryField(unique=True)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="device_ends_after_it_begins",
                condition=Q(expires_at__gt=F("created_at")),
            ),
            models.CheckConstraint(
                name="device_revocation_is_signed",
                condition=Q(revoked_at=None, revoked_by="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_by="")),
            ),
        ]


class OfficerPhone(models.Model):
    """The number of a member of staff: to call, and once proven to write to.

    Proven by a code that came to it; ``wants`` is their own yes to messages, until they
    or a STOP from that phone end it. Promise kept by the database: nothing is written
    to a number that nobody proved (``officer_phone_proven_before_messages``).
    """

    staff = models.OneToOneField(Staff, models.CASCADE, related_name="phone")
    number = SealedField(purpose=PHONE)
    number_index = models.BinaryField(db_index=True)
    proven_at = models.DateTimeField(null=True)
    wants = models.BooleanField(default=False)
    written_by = models.CharField(max_length=150)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="officer_phone_proven_before_messages",
                condition=Q(wants=False) | Q(proven_at__isnull=False),
            )
        ]


class Session(models.Model):
    """One browser that is signed in, or on the way to be.

    The table alone opens nothing: of the cookie only the hash is kept, and the data
    is sealed. ``expires_at`` is the earlier of the idle and the absolute time-out.
    """

    key_hash = models.BinaryField(unique=True)
    data = models.BinaryField()
    staff = models.ForeignKey(Staff, models.CASCADE, null=True, related_name="sessions")
    begun_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)


class Invitation(models.Model):
    """A link that works once, by which somebody chooses a password.

    Only the hash is kept. Promise kept by the database: an account has one open
    invitation (``staff_has_one_open_invitation``); a newer one closes the older.
    """

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="invitations")
    token_hash = models.BinaryField(unique=True)
    invited_by = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="staff_has_one_open_invitation",
                fields=["staff"],
                condition=Q(closed_at=None),
            )
        ]


class FactorReset(models.Model):
    """A wish to take a lost second factor off an account; a second person grants it.

    Promises kept by the database: who asks does not grant
    (``factor_reset_needs_two_people``); an account has one open wish
    (``staff_has_one_open_factor_reset``).
    """

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="factor_resets")
    reason = models.CharField(max_length=200)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="factor_reset_needs_two_people",
                condition=Q(granted=False)
                | (~Q(decided_by="") & ~Q(decided_by=F("asked_by"))),
            ),
            models.UniqueConstraint(
                name="staff_has_one_open_factor_reset",
                fields=["staff"],
                condition=Q(decided_at=None),
            ),
        ]


class Cover(models.Model):
    """One colleague who stands in for another while they are away.

    The stand-in acts by the offices of who is away once they said yes, for that time
    only, and lends them to nobody. Promises kept by the database: nobody stands in for themselves
    (``cover_not_oneself``); it ends after it begins and within ninety days
    (``cover_ends_in_ninety_days``); one stand-in at a time
    (``cover_one_at_a_time``), who is not away and stands in for nobody who lent on
    (``cover_never_a_chain``); an early end names who (``cover_end_is_signed``). The
    period is half-open.
    """

    absent = models.ForeignKey(Staff, models.PROTECT, related_name="absences")
    stand_in = models.ForeignKey(Staff, models.PROTECT, related_name="covers")
    since = models.DateField()
    until = models.DateField()
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, db_default=Now())
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cover_not_oneself", condition=~Q(absent=F("stand_in"))
            ),
            models.CheckConstraint(
                name="cover_ends_in_ninety_days",
                condition=Q(until__gt=F("since"))
                & Q(until__lte=F("since") + timedelta(days=LONGEST_COVER)),
            ),
            models.CheckConstraint(
                name="cover_end_is_signed",
                condition=Q(ended_at=None, ended_by="")
                | Q(ended_at__isnull=False) & ~Q(ended_by=""),
            ),
            ExclusionConstraint(
                name="cover_one_at_a_time",
                expressions=[
                    ("absent", RangeOperators.EQUAL),
                    (half_open(), RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at=None),
            ),
        ]
        triggers = [
            refuse_when(
                "cover_never_a_chain",
                """EXISTS (SELECT 1 FROM accounts_cover AS other
                    WHERE other.ended_at IS NULL
                    AND (other.absent_id = NEW.stand_in_id
                        OR other.stand_in_id = NEW.absent_id)
                    AND daterange(other.since, other.until)
                        && daterange(NEW.since, NEW.until))""",
                "an office is lent once",
            )
        ]
