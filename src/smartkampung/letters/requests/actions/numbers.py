"""Numbers of letters: given one after another, none twice, none left out."""

from datetime import date, datetime

from django.conf import settings
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import override

from smartkampung.kernel.errors import atomic_or_refuse
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.requests.actions.refusals import NumberUnfit
from smartkampung.letters.requests.models import BookEntry, Letter, LetterRequest
from smartkampung.letters.requests.queries.villages import Rule

# One statement: it makes the row of a new year, locks it, and counts up.
_NEXT = """
    INSERT INTO requests_numberseries (village_code, series, year, first, last)
    VALUES (%s, %s, %s, 1, 1)
    ON CONFLICT ON CONSTRAINT number_series_once
    DO UPDATE SET last = requests_numberseries.last + 1 RETURNING last
"""
_BACK = """
    UPDATE requests_numberseries SET last = last - 1
    WHERE village_code = %s AND series = %s AND year = %s
"""
_BEGIN = """
    INSERT INTO requests_numberseries (village_code, series, year, first, last)
    VALUES (%s, %s, %s, %s, %s) ON CONFLICT ON CONSTRAINT number_series_once
    DO UPDATE SET first = EXCLUDED.first, last = EXCLUDED.last
    WHERE requests_numberseries.last = 0
"""


def next_number(rule: Rule, wording: Wording, *, on: date) -> int:
    """Return the next number of a village; its series stays locked until the end.

    Whoever comes meanwhile waits. When the transaction fails, or the number is given
    back in it, the next one gets the same: so there is neither a gap nor a double.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, _series(rule, wording, on))
        (number,) = cursor.fetchone()
    return int(number)


def give_back(rule: Rule, wording: Wording, *, on: date) -> None:
    """Give back the number that this transaction got last, before it was written."""
    with connection.cursor() as cursor:
        cursor.execute(_BACK, _series(rule, wording, on))


def enter(rule: Rule, wording: Wording, number: int, *, on: date) -> BookEntry:
    """Write a number into the register book of a village. Raises NumberUnfit."""
    kind, text = wording.kind.code, rule.text(number, wording, on=on)
    with atomic_or_refuse({"letter_number_text_once": NumberUnfit(text)}):
        return BookEntry.objects.create(
            village_code=rule.village_code,
            series=rule.series(kind),
            year=on.year,
            number=number,
            text=text,
            kind=kind,
            on=on,
        )


def _series(rule: Rule, wording: Wording, on: date) -> list[str | int]:
    return [rule.village_code, rule.series(wording.kind.code), on.year]


def begin_series(*, village_code: str, series: str, year: int, first: int) -> bool:
    """Begin a year at a number, because a paper book went before; False if it began.

    A number that was lent and given back is none that was given.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [village_code, series, year, first, first - 1])
        return bool(cursor.rowcount)


def void(entry: BookEntry, *, by: str, why: str, at: datetime) -> None:
    """Strike a number out; it stays in the book."""
    entry.voided_at, entry.voided_by, entry.voided_why = at, by, why[:200]
    entry.save(update_fields=["voided_at", "voided_by", "voided_why"])


def in_the_book(words: Promise | str) -> str:
    """Return words as the book keeps them for good: in the language of the country."""
    with override(settings.LANGUAGE_CODE):
        return str(words)


def give_up(row: LetterRequest, *, by: str, why: str, at: datetime) -> None:
    """Give up the letter of a request that the kecamatan did not sign, and its number."""
    rows = Letter.objects.filter(request=row, issued_at=None, given_up_at=None)
    for letter in rows.select_related("entry"):
        letter.given_up_at = at
        letter.save(update_fields=["given_up_at"])
        void(letter.entry, by=by, why=why, at=at)
