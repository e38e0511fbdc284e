"""The authority, the keys of officers, and the key behind the square on a paper."""

import pgtrigger
from django.db import models
from django.db.models import F, Q, Value

from smartkampung.kernel.promises import refuse_when
from smartkampung.kernel.sealed import SealedField
from smartkampung.letters.signing.rules.levels import MOST_TRIES, PortName

KEY_PURPOSE = "signing_key"
NIK_PURPOSE = "nik"


class Authority(models.Model):
    """Root, issuer and clock of the regency. Private keys are sealed by the keyring.

    Promise kept by the database: one is in use at a time (``authority_one_in_use``).
    Those retired stay: what they issued goes on signing until it expires, and they go on
    listing what of it was revoked. ``root_list`` is the root's own list, signed once.
    """

    regency = models.CharField(max_length=64)
    root_pem = models.TextField()
    root_key = SealedField(purpose=KEY_PURPOSE)
    root_list = models.BinaryField(null=True)
    issuer_pem = models.TextField()
    issuer_key = SealedField(purpose=KEY_PURPOSE)
    clock_pem = models.TextField()
    clock_key = SealedField(purpose=KEY_PURPOSE)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "authorities"
        constraints = [
            models.UniqueConstraint(
                Value(1),
                name="authority_one_in_use",
                condition=Q(retired_at=None),
            )
        ]


class LetterKey(models.Model):
    """The Ed25519 key that signs squares. Retired ones still prove old papers.

    Promises kept by the database: one signs at a time (``letter_key_one_in_use``); its
    number fits the one byte that a square has for it (``letter_key_number_fits``); one that
    is distrusted signs no more, and stays distrusted (``letter_key_distrust_is_final``).
    """

    number = models.SmallIntegerField(primary_key=True)
    public = models.BinaryField()
    key = SealedField(purpose=KEY_PURPOSE)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    retired_at = models.DateTimeField(null=True)
    distrusted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Value(1),
                name="letter_key_one_in_use",
                condition=Q(retired_at=None),
            ),
            models.CheckConstraint(
                name="letter_key_number_fits",
                condition=Q(number__gte=1, number__lte=255),
            ),
        ]
        triggers = [
            refuse_when(
                "letter_key_distrust_is_final",
                "(NEW.distrusted_at IS NOT NULL AND NEW.retired_at IS NULL)"
                " OR (OLD.distrusted_at IS NOT NULL"
                "     AND NEW.distrusted_at IS DISTINCT FROM OLD.distrusted_at)",
                "a key that was stolen signs no more, and is not trusted again",
                operation=pgtrigger.Update,
            )
        ]


class KeyRequest(models.Model):
    """An officer asks for a certificate; somebody else says that they hold the office.

    ``nip`` is the number of a civil servant, which stands under their name on paper: it
    has 18 digits, or there is none (``key_request_nip_is_whole``). Promises kept by the
    database: nobody answers their own (``key_request_answered_by_another``); an answer
    names who and when
    (``key_request_answer_is_signed``); what is asked, and the answer, never change
    (``key_request_never_changes``); one is open for an officer at a time
    (``key_request_one_open_each``).
    """

    class Answer(models.TextChoices):
        YES = "yes"
        NO = "no"

    staff = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    port = models.CharField(
        max_length=10, choices=[(p.value, p.value) for p in PortName]
    )
    holder = models.CharField(max_length=150, db_default="")
    title = models.CharField(max_length=64)
    region_code = models.CharField(max_length=21)
    office = models.CharField(max_length=64)
    nip = models.CharField(max_length=18, blank=True, db_default="")
    nik = SealedField(purpose=NIK_PURPOSE, null=True)
    answer = models.CharField(max_length=3, choices=Answer.choices, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="key_request_answered_by_another",
                condition=~Q(answered_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="key_request_nip_is_whole",
                condition=Q(nip="") | Q(nip__regex=r"^\d{18}$"),
            ),
            models.CheckConstraint(
                name="key_request_answer_is_signed",
                condition=Q(answer="", answered_by="", answered_at=None)
                | (~Q(answer="") & ~Q(answered_by="") & Q(answered_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["staff"],
                name="key_request_one_open_each",
                condition=Q(used_at=None) & ~Q(answer="no"),
            ),
        ]
        triggers = [
            refuse_when(
                "key_request_never_changes",
                "(NEW.staff_id, NEW.asked_by, NEW.port, NEW.holder, NEW.title,"
                "  NEW.region_code, NEW.office, NEW.nik, NEW.nip) IS DISTINCT FROM"
                " (OLD.staff_id, OLD.asked_by, OLD.port, OLD.holder, OLD.title,"
                "  OLD.region_code, OLD.office, OLD.nik, OLD.nip)"
                " OR (OLD.answer <> '' AND (NEW.answer, NEW.answered_by) IS DISTINCT"
                "     FROM (OLD.answer, OLD.answered_by))"
                " OR (OLD.used_at IS NOT NULL"
                "     AND NEW.used_at IS DISTINCT FROM OLD.used_at)",
                "what was asked and answered is final",
                operation=pgtrigger.Update,
            )
        ]


class SigningCertificate(models.Model):
    """What an officer signs letters with.

    The key is locked by the officer's passphrase and then sealed: without both, no
    dump reads it. Promises kept by the database: a serial stands once
    (``signing_certificate_serial_once``); an officer has one in force
    (``signing_certificate_one_in_force``); it follows a request of the same officer that
    somebody else confirmed (``signing_certificate_follows_a_confirmation``); wrong tries are
    counted and end (``signing_certificate_tries_are_counted``); a revocation names who and why
    (``signing_certificate_revocation_is_signed``) and is final, like the certificate itself
    (``signing_certificate_never_changes``); who signs here has a
    key until it is revoked, who signs elsewhere has none here (``signing_certificate_has_its_key``).
    """

    staff = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    request = models.OneToOneField(KeyRequest, models.PROTECT)
    port = models.CharField(
        max_length=10, choices=[(p.value, p.value) for p in PortName]
    )
    holder = models.CharField(max_length=150)
    title = models.CharField(max_length=64)
    office = models.CharField(max_length=64)
    region_code = models.CharField(max_length=21)
    serial = models.CharField(max_length=40)
    pem = models.TextField(blank=True)
    key = SealedField(purpose=KEY_PURPOSE, null=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    wrong_tries = models.SmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=150, blank=True)
    revoke_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["serial"], name="signing_certificate_serial_once"
            ),
            models.UniqueConstraint(
                fields=["staff"],
                name="signing_certificate_one_in_force",
                condition=Q(revoked_at=None),
            ),
            models.CheckConstraint(
                name="signing_certificate_tries_are_counted",
                condition=Q(wrong_tries__gte=0, wrong_tries__lte=MOST_TRIES),
            ),
            models.CheckConstraint(
                name="signing_certificate_revocation_is_signed",
                condition=Q(revoked_at=None, revoked_by="", revoke_reason="")
                | (
                    Q(revoked_at__isnull=False)
                    & ~Q(revoked_by="")
                    & ~Q(revoke_reason="")
                ),
            ),
            models.CheckConstraint(
                name="signing_certificate_has_its_key",
                condition=(Q(port="local") & ~Q(pem="") & Q(key__isnull=False))
                | Q(key=None, revoked_at__isnull=False)
                | Q(port="bsre", key=None),
            ),
        ]
        triggers = [
            refuse_when(
                "signing_certificate_follows_a_confirmation",
                "NOT EXISTS (SELECT FROM signing_keyrequest e"
                " WHERE e.id = NEW.request_id AND e.staff_id = NEW.staff_id"
                " AND e.answer = 'yes')",
                "nobody confirmed that this officer holds the office",
            ),
            refuse_when(
                "signing_certificate_never_changes",
                "(NEW.serial, NEW.pem, NEW.staff_id, NEW.request_id, NEW.port,"
                "  NEW.holder, NEW.title, NEW.office, NEW.region_code,"
                "  NEW.valid_from, NEW.valid_until) IS DISTINCT FROM"
                " (OLD.serial, OLD.pem, OLD.staff_id, OLD.request_id, OLD.port,"
                "  OLD.holder, OLD.title, OLD.office, OLD.region_code,"
                "  OLD.valid_from, OLD.valid_until)"
                " OR (OLD.revoked_at IS NOT NULL"
                "     AND (NEW.revoked_at, NEW.revoked_by, NEW.revoke_reason, NEW.key)"
                "     IS DISTINCT FROM"
                "     (OLD.revoked_at, OLD.revoked_by, OLD.revoke_reason, OLD.key))",
                "a certificate and its revocation are final",
                operation=pgtrigger.Update,
            ),
        ]
