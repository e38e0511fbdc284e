"""Numbers, the register book, and letters that were signed."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.promises import refuse_when
from smartkampung.kernel.sealed import SealedField
from smartkampung.letters.requests.models.requests import LetterRequest
from smartkampung.letters.requests.rules.mandates import Manner

PRINTED, HOLDER_CODE = "letter.printed", "letter.holder_code"


def _changed(*columns: str) -> str:
    """Return the SQL condition that one of some columns is to change."""
    return " OR ".join(
        f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns
    )


_NUMBER = _changed("village_code", "series", "year", "number", "text", "kind", "on")
_VOID = _changed("voided_at", "voided_by", "voided_why")
_CONTENT = _changed(
    *("request_id", "entry_id", "code", "printed", "facts_hash", "file", "kind"),
    *("sha256", "signed_at", "issued_at", "valid_until", "signer_id", "holder_code"),
    *("village_code", "language", "signer_name", "signer_title", "manner"),
    *("mandate_id", "certificate_id", "cosigner_id", "given_up_at"),
    "cosign_entry_id",
)
_REVOKED = _changed("revoked_at", "revoked_by", "revoked_why")


class NumberSeries(models.Model):
    """The last number given in a village, a year, and a series of kinds.

    ``first`` is where the village began here: its paper book may have gone before.
    Promises kept by the database: one row counts a series (``number_series_once``),
    and upwards from its beginning (``number_series_counts_up``).
    """

    village_code = models.CharField(max_length=30, db_collation="C")
    series = models.CharField(max_length=40, blank=True)
    year = models.PositiveSmallIntegerField()
    first = models.PositiveIntegerField(default=1)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village_code", "series", "year"], name="number_series_once"
            ),
            models.CheckConstraint(
                name="number_series_counts_up",
                condition=Q(first__gte=1, last__gte=F("first") - 1),
            ),
        ]


class BookEntry(models.Model):
    """One line of a register book (*buku agenda*), of a village or a kecamatan.

    A number and its letter; ``village_code`` is whose book it is.

    A number whose letter never came is void, and stays in the book. Promises kept by
    the database: a number is given once (``letter_number_once``), as letters bear it, too,
    however a village counts (``letter_number_text_once``); none is left out
    (``letter_number_without_gap``), and what was given, or is void, stays
    (``letter_number_stands``, ``letter_number_void_is_final``,
    ``letter_number_kept``); a void number says who and why
    (``letter_number_void_is_signed``).
    """

    village_code = models.CharField(max_length=30, db_collation="C")
    series = models.CharField(max_length=40, blank=True)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=100)
    kind = models.CharField(max_length=40)
    on = models.DateField()
    voided_at = models.DateTimeField(null=True)
    voided_by = models.CharField(max_length=150, blank=True)
    voided_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village_code", "year", "series", "number"],
                name="letter_number_once",
            ),
            models.UniqueConstraint(
                fields=["village_code", "year", "text"], name="letter_number_text_once"
            ),
            models.CheckConstraint(
                name="letter_number_void_is_signed",
                condition=Q(voided_at=None, voided_by="", voided_why="")
                | Q(voided_at__isnull=False) & ~Q(voided_by="") & ~Q(voided_why=""),
            ),
        ]
        triggers = [
            refuse_when(
                "letter_number_without_gap",
                "NOT EXISTS (SELECT FROM requests_bookentry WHERE village_code ="
                " NEW.village_code AND series = NEW.series AND year = NEW.year AND"
                " number = NEW.number - 1) AND NOT EXISTS (SELECT FROM"
                " requests_numberseries WHERE village_code = NEW.village_code AND"
                " series = NEW.series AND year = NEW.year AND first = NEW.number)",
                "a number before this one was never given",
            ),
            refuse_when(
                "letter_number_stands",
                _NUMBER,
                "a number that was given stays what it is",
                pgtrigger.Update,
            ),
            refuse_when(
                "letter_number_void_is_final",
                f"OLD.voided_at IS NOT NULL AND ({_VOID})",
                "a number that is void stays void",
                pgtrigger.Update,
            ),
            pgtrigger.Protect(name="letter_number_kept", operation=pgtrigger.Delete),
        ]


class Letter(models.Model):
    """A letter that was signed: what it says (sealed), its file, whether it still holds.

    ``issued_at`` is empty while the kecamatan has still to sign. ``code`` stands on the
    paper and opens only whether the letter holds; ``holder_code`` opens what it says.
    ``cosign_entry`` is its number in the book of the kecamatan.
    Promises kept by the database: a code names one letter (``letter_code_once``); a
    request has one letter that was not given up (``letter_one_of_a_request``); a number
    bears one letter (``letter_entry_once``), that of the kecamatan, too
    (``letter_cosign_entry_once``); what was issued stays as it is
    (``letter_content_stands``); a revocation says who and why
    (``letter_revocation_is_signed``) and is never taken back
    (``letter_revocation_is_final``); what is replaced is revoked
    (``letter_replaced_is_revoked``), by one letter for good; it holds for some time
    (``letter_valid_after_issue``); who signed it does not sign for the kecamatan, too
    (``letter_cosigned_by_another``).
    """

    request = models.ForeignKey(LetterRequest, models.PROTECT, related_name="letters")
    entry = models.ForeignKey(BookEntry, models.PROTECT, related_name="letters")
    village_code = models.CharField(max_length=30, db_collation="C")
    region_code = models.CharField(max_length=30, db_collation="C")
    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=20)
    holder_code = SealedField(purpose=HOLDER_CODE)
    printed = SealedField(purpose=PRINTED)
    facts_hash = models.BinaryField()
    language = models.CharField(max_length=2, default="id")
    file = models.CharField(max_length=120)
    sha256 = models.BinaryField()
    signed_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    minutes = models.PositiveIntegerField(null=True)
    valid_until = models.DateField(null=True)
    signer = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=150)
    signer_title = models.CharField(max_length=80)
    manner = models.CharField(
        max_length=3,
        choices=[(one.value, one.name.title()) for one in Manner],
        blank=True,
    )
    mandate = models.ForeignKey(
        "requests.Mandate", models.PROTECT, null=True, related_name="letters"
    )
    certificate_id = models.BigIntegerField(null=True)
    cosigner = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    cosign_entry = models.ForeignKey(
        BookEntry, models.PROTECT, null=True, related_name="cosigned"
    )
    given_up_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=150, blank=True)
    revoked_why = models.CharField(max_length=300, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replaced"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], name="letter_code_once"),
            models.UniqueConstraint(fields=["entry"], name="letter_entry_once"),
            models.UniqueConstraint(
                fields=["cosign_entry"], name="letter_cosign_entry_once"
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(given_up_at=None),
                name="letter_one_of_a_request",
            ),
            models.CheckConstraint(
                name="letter_revocation_is_signed",
                condition=Q(revoked_at=None, revoked_by="", revoked_why="")
                | Q(revoked_at__isnull=False) & ~Q(revoked_by="") & ~Q(revoked_why=""),
            ),
            models.CheckConstraint(
                name="letter_cosigned_by_another",
                condition=Q(cosigner=None) | ~Q(cosigner=F("signer")),
            ),
            models.CheckConstraint(
                name="letter_replaced_is_revoked",
                condition=Q(replaced_by=None) | Q(revoked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_valid_after_issue",
                condition=Q(valid_until=None)
                | Q(valid_until__gte=models.functions.TruncDate("signed_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["village_code", "issued_at"], name="letter_village"),
            models.Index(
                fields=["revoked_at"],
                condition=Q(revoked_at__isnull=False),
                name="letter_revoked",
            ),
        ]
        triggers = [
            refuse_when(
                "letter_content_stands",
                f"OLD.issued_at IS NOT NULL AND ({_CONTENT})",
                "a letter that was issued stays as it is",
                pgtrigger.Update,
            ),
            refuse_when(
                "letter_revocation_is_final",
                f"OLD.revoked_at IS NOT NULL AND ({_REVOKED})"
                " OR OLD.replaced_by_id IS NOT NULL AND"
                " OLD.replaced_by_id IS DISTINCT FROM NEW.replaced_by_id",
                "a letter that was revoked stays revoked",
                pgtrigger.Update,
            ),
            pgtrigger.Protect(name="letter_kept", operation=pgtrigger.Delete),
        ]
