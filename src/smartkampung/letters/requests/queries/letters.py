"""The doors to letters: of a village, of a family, and the register book."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.letters.requests import files
from smartkampung.letters.requests.models import BookEntry, Letter
from smartkampung.letters.requests.queries.requests import own_request
from smartkampung.letters.requests.rules.paper import Line
from smartkampung.regions.codes import reached
from smartkampung.residents.queries import note_looks
from smartkampung.residents.subject import Subject

PURPOSE = "letters.letter"
BOOK = "letters.book"


@dataclass(frozen=True)
class BookLine:
    """One line of the register book (*buku agenda*) of a village."""

    entry: BookEntry
    letter: Letter | None
    name: str  # whom it is about; empty for a void number, and in files

    @property
    def standing(self) -> str:
        """Return how it stands: void, waiting, replaced, revoked, or valid."""
        if self.entry.voided_at or self.letter is None:
            return "void"
        if self.letter.issued_at is None:
            return "waiting"
        if self.letter.replaced_by_id:
            return "replaced"
        return "revoked" if self.letter.revoked_at else "valid"

    @property
    def signer(self) -> str:
        """Return who signed it in the name of whose book it is."""
        if self.letter is None:
            return ""
        if self.letter.cosigner and self.letter.cosign_entry_id == self.entry.pk:
            return self.letter.cosigner.full_name
        return self.letter.signer_name


def letters_for(
    actor: Actor, permission: Permission = Permission.LETTER_VIEW
) -> QuerySet[Letter]:
    """Return the letters inside the actor's places for a permission.

    Whoever shows rows of it must call ``note_looks`` with the subjects.
    """
    inside = reached("region_code", actor.regions_where(permission))
    rows = Letter.objects.filter(inside, given_up_at=None)
    return rows.select_related("entry", "request__subject", "replaced_by")


def letter_for(
    actor: Actor, letter_id: int, permission: Permission = Permission.LETTER_FILE
) -> Letter:
    """Return one letter that was issued, and write the look down; 404 outside one's places.

    Nobody holds the file of a letter that the kecamatan may still refuse.
    """
    issued = letters_for(actor, permission).filter(issued_at__isnull=False)
    letter = get_object_or_404(issued, pk=letter_id)
    note_looks(actor, [letter.request.subject], purpose=PURPOSE, permission=permission)
    return letter


def own_letter(subject: Subject, request_id: int, *, on: date) -> Letter:
    """Return the letter of a request that somebody handles once it is issued; else 404."""
    row = own_request(subject, request_id, on=on)
    rows = Letter.objects.filter(request=row, given_up_at=None, issued_at__isnull=False)
    letter = rows.select_related("entry", "replaced_by").first()
    if letter is None:
        raise Http404
    return letter


def pdf_of(letter: Letter) -> bytes:
    """Return a letter as it was signed, as often as it is asked for."""
    return files.read(letter.file)


def lines_printed(letter: Letter) -> list[Line]:
    """Return what stands on a letter, label and words, in its order."""
    kept = json.loads(letter.printed.open())
    return [(label, words) for label, words in kept["lines"] + kept.get("cosigned", [])]


def register_for(
    actor: Actor, village_code: str, year: int, *, kind: str = ""
) -> QuerySet[BookEntry]:
    """Return the register book of a village, or kecamatan, and year: the last number first.

    Empty outside the actor's places. Show it through ``lines_of_book``.
    """
    regions = actor.regions_where(Permission.LETTER_REGISTER)
    rows = BookEntry.objects.filter(
        reached("village_code", regions), village_code=village_code, year=year
    )
    rows = rows.filter(kind=kind) if kind else rows
    return rows.order_by("-on", "-series", "-number")


def lines_of_book(actor: Actor, entries: Iterable[BookEntry]) -> list[BookLine]:
    """Return lines of the book with their letters, and write the looks down."""
    lines = bare_lines(entries)
    about = {line.letter.request.subject for line in lines if line.letter}
    note_looks(actor, about, purpose=BOOK, permission=Permission.LETTER_REGISTER)
    return [
        line
        if line.standing == "void" or line.letter is None
        else replace(line, name=line.letter.request.subject.name)
        for line in lines
    ]


def bare_lines(entries: Iterable[BookEntry]) -> list[BookLine]:
    """Return lines of the book with their letters and without any name."""
    rows = list(entries)
    found = Letter.objects.filter(Q(entry__in=rows) | Q(cosign_entry__in=rows))
    letters = {
        number: letter
        for letter in found.select_related("request__subject", "cosigner")
        for number in (letter.entry_id, letter.cosign_entry_id)
    }
    return [BookLine(entry, letters.get(entry.pk), "") for entry in rows]


def years_of_book(village_code: str) -> list[int]:
    """Return the years in which a village numbered letters, the latest first."""
    rows = BookEntry.objects.filter(village_code=village_code)
    return sorted(set(rows.values_list("year", flat=True)), reverse=True)


def yearly(actor: Actor, year: int) -> list[tuple[str, str, int, int]]:
    """Return for village and kind how many letters a year had, and how many are void."""
    regions = actor.regions_where(Permission.LETTER_REGISTER)
    rows = BookEntry.objects.filter(reached("village_code", regions), year=year)
    counted = rows.values("village_code", "kind").annotate(
        all=Count("pk"), void=Count(F("voided_at"))
    )
    return [
        (row["village_code"], row["kind"], row["all"], row["void"])
        for row in counted.order_by("village_code", "kind")
    ]
