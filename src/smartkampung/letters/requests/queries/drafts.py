"""A letter as it would be signed now: for whoever reads it before signing."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries.offices import holders
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import day
from smartkampung.letters.catalogue.drawing import COSIGNER, camat_of
from smartkampung.letters.catalogue.printing import printed
from smartkampung.letters.catalogue.queries import wording_by, wording_for
from smartkampung.letters.catalogue.rules.compose import filled
from smartkampung.letters.catalogue.rules.fields import Fact
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.requests.models import Letter, LetterRequest
from smartkampung.letters.requests.queries.facts import Facts, facts_of, kept_facts
from smartkampung.letters.requests.queries.offices import (
    Office,
    head_title,
    office_of,
)
from smartkampung.letters.requests.rules.mandates import Manner, title_of
from smartkampung.letters.requests.rules.paper import Line, lines_of
from smartkampung.letters.requests.rules.steps import Step

NOT_YET = "…"  # the number is given at the signature
FRAME = ("letter.number", "letter.date", "letter.valid_until")
SIGNERS = ("signer.on_behalf", "signer.title", "signer.name")


@dataclass(frozen=True)
class Draft:
    """A letter as it would be signed now. ``fixed`` once the check has kept its facts.

    ``digest`` names what is shown, for whoever says that they read it.
    """

    wording: Wording
    facts: Facts
    fixed: bool
    digest: str


def draft_of(
    row: LetterRequest, *, at: datetime, by: Actor | None = None
) -> Draft | None:
    """Return what a letter would say: what the check kept, else what is known now.

    Signed by the reader where they may sign it, else by the head. None where the
    village no longer writes this letter.
    """
    kept = kept_facts(row)
    wording = wording_by(row.kind, row.wording_version)
    if kept is None:
        wording = wording_for(row.kind, row.village_code, day(at)) or wording
    if wording is None:
        return None
    facts = kept or facts_of(row, wording, at=at)
    letter = Letter.objects.filter(request=row, given_up_at=None).first()
    facts = with_cosigner(facts, row)
    name, office = _signed(letter, row) if letter else _signs(row, by, at)
    shown = digest_of(wording, facts, signer=name, office=office, lang=row.language)
    whole = complete_facts(
        facts,
        wording,
        number=letter.entry.text if letter else NOT_YET,
        signer=name,
        office=office,
        on=day(letter.signed_at if letter else at),
    )
    # What the village has signed is a file, and no longer words.
    digest = bytes(letter.sha256).hex() if letter else shown
    return Draft(wording, whole, fixed=kept is not None, digest=digest)


def _signs(row: LetterRequest, by: Actor | None, at: datetime) -> tuple[str, Office]:
    """Return who signs a letter, and as what: the reader, or else the head."""
    office = office_of(by, row, at=at) if by else None
    if by and office:
        return Staff.objects.get(pk=by.staff_id).full_name, office
    heads = holders(row.village_code, (Role.VILLAGE_HEAD,), on=day(at))
    return heads[0].full_name if heads else NOT_YET, Office(
        head_title(row.village_code)
    )


def _signed(letter: Letter, row: LetterRequest) -> tuple[str, Office]:
    """Return who signed a letter for the village, and as what."""
    behalf = letter.manner == Manner.ON_BEHALF
    above = title_of(head_title(row.village_code), letter.manner) if behalf else ""
    return letter.signer_name, Office(letter.signer_title, above)


def digest_of(
    wording: Wording, facts: Facts, *, signer: str, office: Office, lang: str
) -> str:
    """Return the name of what a letter says, but for its number and its days.

    These are given at the signature; all else stands on the screen before it.
    """
    whole = complete_facts(facts, wording, number=NOT_YET, signer=signer, office=office)
    lines = lines_of_letter(wording, whole, lang)
    return hashlib.sha256(json.dumps(lines).encode()).hexdigest()


def lines_of_letter(
    wording: Wording, facts: Mapping[str, Fact], lang: str
) -> list[Line]:
    """Return everything that the paper prints, label and words."""
    lang = wording.language(lang)
    with override(lang):
        words = printed(wording, facts, lang)
        frame = [_line(wording, words, name, lang) for name in FRAME]
        frame.insert(0, ("", wording.kind.title.of(lang)))
        signer = [_line(wording, words, name, lang) for name in SIGNERS]
        signer.append((str(_("Acknowledged by")), str(facts.get(COSIGNER, ""))))
        return lines_of(frame, filled(wording, words, lang)) + [
            line for line in signer if line[1]
        ]


def _line(wording: Wording, words: Mapping[str, object], name: str, lang: str) -> Line:
    return wording.fields[name].words.of(lang), str(words[name])


def with_cosigner(facts: Facts, row: LetterRequest) -> Facts:
    """Return the facts of a letter with who signs it for the kecamatan, if anybody."""
    if Step.COSIGN not in row.steps:
        return facts
    return {**facts, COSIGNER: camat_of(str(facts["office.kecamatan"]))}


def complete_facts(
    facts: Facts,
    wording: Wording,
    *,
    number: str,
    signer: str,
    office: Office,
    on: date | None = None,
) -> dict[str, Fact]:
    """Return the facts of the registry with those of the letter itself."""
    until = ends_on(wording, on) if on else None
    return {
        **facts,
        "letter.number": number,
        "letter.date": on.isoformat() if on else "",
        "letter.valid_until": until.isoformat() if until else "",
        "signer.name": signer,
        "signer.title": office.title,
        "signer.on_behalf": office.on_behalf,
    }


def ends_on(wording: Wording, on: date) -> date | None:
    """Return the last day of a letter of this day, if it ends."""
    days = wording.kind.valid_days
    return on + timedelta(days=days) if days else None
