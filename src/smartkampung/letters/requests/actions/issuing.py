"""From a checked request to a numbered, signed file, and into the family's hands."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.audit.actions import record
from smartkampung.intake.rules import ALPHABET, CODE_LENGTH, grouped
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.catalogue.drawing import (
    COSIGNER,
    Proof,
    render_letter,
    room_in,
)
from smartkampung.letters.catalogue.rules.fields import Fact
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.requests import files
from smartkampung.letters.requests.actions.bringing import ask_to_bring
from smartkampung.letters.requests.actions.feeding import feed
from smartkampung.letters.requests.actions.history import moved, written_down
from smartkampung.letters.requests.actions.numbers import (
    enter,
    give_back,
    next_number,
)
from smartkampung.letters.requests.actions.refusals import NumberUnfit
from smartkampung.letters.requests.models import BookEntry, Letter, LetterRequest
from smartkampung.letters.requests.models.letters import HOLDER_CODE, PRINTED
from smartkampung.letters.requests.queries.drafts import (
    complete_facts,
    ends_on,
    lines_of_letter,
    with_cosigner,
)
from smartkampung.letters.requests.queries.facts import Facts
from smartkampung.letters.requests.queries.offices import Office
from smartkampung.letters.requests.queries.villages import clock_of, rule_of
from smartkampung.letters.requests.rules.numbering import text_fits
from smartkampung.letters.requests.rules.paper import Line, print_of
from smartkampung.letters.requests.rules.steps import Did, State
from smartkampung.letters.signing.actions.proving import seal_payload
from smartkampung.letters.signing.actions.sign import OpenedPen
from smartkampung.letters.signing.ports import Room, Words
from smartkampung.letters.signing.rules.payload import facts_print

HOLDER_SIGNS = 6
SALT_BYTES = 16


@dataclass(frozen=True)
class Signature:
    """Whose key signs, as what, when."""

    pen: OpenedPen
    by: Actor
    office: Office
    at: datetime


@dataclass(frozen=True)
class _Sheet:
    """A letter as it is printed, before its signature."""

    pdf: bytes
    room: Room | None
    link: str
    code: str
    holder: str
    lines: list[Line]
    salt: bytes
    hashed: bytes
    until: date | None


def draw_up(
    row: LetterRequest, wording: Wording, facts: Facts, by: Signature
) -> Letter | Refused:
    """Number, print and sign a letter; return the refusal when the key says no.

    The series is locked by its number until the transaction ends, so a number that
    comes to nothing is simply given back.
    """
    on = day(by.at)
    rule = rule_of(row.village_code)
    number = next_number(rule, wording, on=on)
    text = rule.text(number, wording, on=on)
    if not text_fits(text):
        give_back(rule, wording, on=on)
        return NumberUnfit(text)
    staff = Staff.objects.get(pk=by.by.staff_id)
    facts = with_cosigner(facts, row)
    whole = complete_facts(
        facts, wording, number=text, signer=staff.full_name, office=by.office, on=on
    )
    sheet = _print(row, wording, whole, by.at)
    words = Words(text, str(whole["office.village"]), sheet.link, room=sheet.room)
    try:
        signed = by.pen.sign(
            sheet.pdf, region_code=row.village_code, at=by.at, words=words
        )
    except Refused as refusal:
        give_back(rule, wording, on=on)
        return refusal
    entry = enter(rule, wording, number, on=on)
    letter = _letter(row, entry, sheet, by)
    letter.signer, letter.signer_name = staff, staff.full_name
    letter.certificate_id = signed.certificate_id
    keep_file(letter, signed.pdf, at=by.at)
    letter.save(force_insert=True)
    return letter


def _print(
    row: LetterRequest, wording: Wording, facts: Mapping[str, Fact], at: datetime
) -> _Sheet:
    """Print a letter with the square that proves it."""
    lines = lines_of_letter(wording, facts, row.language)
    salt = secrets.token_bytes(SALT_BYTES)
    code, holder = _signs(CODE_LENGTH), _signs(HOLDER_SIGNS)
    hashed, until = facts_print(print_of(lines), salt=salt), ends_on(wording, day(at))
    link = seal_payload(
        code=code,
        village_code=row.village_code,
        kind=row.kind,
        number=str(facts["letter.number"]),
        issued_on=day(at),
        valid_until=until,
        facts_print=hashed,
    )
    proof = Proof(link, f"{settings.SITE_URL}/v/", grouped(code), holder)
    pdf = render_letter(wording, facts, lang=row.language, at=at, proof=proof)
    room = _room(wording, facts, row.language, proof)
    return _Sheet(pdf, room, link, code, holder, lines, salt, hashed, until)


def _room(
    wording: Wording, facts: Mapping[str, Fact], lang: str, proof: Proof
) -> Room | None:
    """Return where the paper has room for the kecamatan, if it signs, too."""
    place = room_in(wording, facts, lang=lang, proof=proof)
    return Room(*place, words=str(facts[COSIGNER])) if place else None


def _letter(
    row: LetterRequest, entry: BookEntry, sheet: _Sheet, by: Signature
) -> Letter:
    """Return the row of a letter, without its file and not yet saved."""
    return Letter(
        request=row,
        entry=entry,
        village_code=row.village_code,
        region_code=row.region_code,
        kind=row.kind,
        code=sheet.code,
        holder_code=Sealed.of(sheet.holder, HOLDER_CODE),
        printed=Sealed.of(_kept(sheet.lines, sheet.salt), PRINTED),
        facts_hash=sheet.hashed,
        language=row.language,
        signed_at=by.at,
        valid_until=sheet.until,
        signer_title=by.office.title,
        manner=by.office.manner,
        mandate=by.office.mandate,
    )


def keep_file(letter: Letter, pdf: bytes, *, at: datetime) -> None:
    """Keep a signed file as that of a letter, and its print; the caller saves."""
    letter.file = files.keep(pdf, on=day(at))
    letter.sha256 = hashlib.sha256(pdf).digest()


def issue(letter: Letter, row: LetterRequest, *, by: str, at: datetime) -> None:
    """Let the family fetch a letter; what it replaces ends, what it feeds begins."""
    letter.issued_at = at
    letter.minutes = clock_of(row.village_code, row.clock_from).minutes(
        row.clock_from, at
    )
    letter.save()
    moved(row, State.ISSUED, by=by, at=at)
    row.save()
    written_down(row, Did.ISSUED, by=by, at=at)
    record("letters.issued", target=row, by=by, region_code=row.village_code)
    feed(row, at=at)
    ask_to_bring(row, at=at)
    if row.replaces_id is not None:
        _replace(row.replaces_id, letter, by=by, at=at)


def _replace(pk: int, new: Letter, *, by: str, at: datetime) -> None:
    # Locked, and read anew: somebody may have revoked it a moment ago.
    old = Letter.objects.select_for_update(no_key=True).get(pk=pk)
    if old.revoked_at is None:
        old.revoked_at, old.revoked_by, old.revoked_why = at, by, new.entry.text
    old.replaced_by = new
    old.save(update_fields=["revoked_at", "revoked_by", "revoked_why", "replaced_by"])
    written_down(old.request, Did.REPLACED, by=by, at=at)


def _kept(lines: list[Line], salt: bytes) -> str:
    return json.dumps({"lines": lines, "salt": salt.hex()}, ensure_ascii=False)


def _signs(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))
