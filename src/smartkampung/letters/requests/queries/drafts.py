"""A letter as it would be signed now: for whoever reads it before signing."""

from datetime import date, datetime, timedelta

from smartkampung.kernel.clock import day
from smartkampung.letters.catalogue.drawing import render_draft
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.catalogue.rules.fields import Fact
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.queries.facts import Facts, facts_of, kept_facts
from smartkampung.letters.requests.queries.offices import Office
from smartkampung.regions.queries import head_of

NOT_YET = "…"


def draft_of(row: LetterRequest, *, at: datetime) -> bytes | None:
    """Return the letter as a draft, or nothing when the village writes it no more.

    From the facts of the check where there was one: those are what is signed.
    """
    wording = wording_for(row.kind, row.village_code, day(at))
    if wording is None:
        return None
    facts = kept_facts(row) or facts_of(row, wording, at=at)
    head = head_of(row.village_code, on=day(at))
    name = head.name if head else NOT_YET
    whole = complete_facts(
        facts, wording, number=NOT_YET, signer=name, office=Office(NOT_YET), on=day(at)
    )
    return render_draft(wording, whole, lang=row.language, at=at)


def complete_facts(
    facts: Facts,
    wording: Wording,
    *,
    number: str,
    signer: str,
    office: Office,
    on: date,
) -> dict[str, Fact]:
    """Return the facts of the registry with those of the letter itself."""
    until = ends_on(wording, on)
    return {
        **facts,
        "letter.number": number,
        "letter.date": on.isoformat(),
        "letter.valid_until": until.isoformat() if until else "",
        "signer.name": signer,
        "signer.title": office.title,
        "signer.on_behalf": office.on_behalf,
    }


def ends_on(wording: Wording, on: date) -> date | None:
    """Return the last day of a letter of this day, if it ends."""
    days = wording.kind.valid_days
    return on + timedelta(days=days) if days else None
