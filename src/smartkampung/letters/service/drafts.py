"""What a letter will say, before it is signed: the words and every fact."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from smartkampung.accounts.queries.offices import holders
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import day
from smartkampung.letters.catalogue.queries import wording_by, wording_for
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.requests.queries.facts import Facts, facts_of
from smartkampung.letters.requests.queries.offices import head_title
from smartkampung.letters.requests.queries.requests import File

TO_COME = "…"  # the number is given at the signature


@dataclass(frozen=True)
class Draft:
    """A letter as it would be signed now. ``fixed`` once the check has kept its facts."""

    wording: Wording
    facts: Facts
    fixed: bool


def draft_of(file: File, *, at: datetime) -> Draft | None:
    """Return what a letter would say: what the check kept, else what is known now.

    None where the village no longer writes this letter.
    """
    row = file.request
    wording = wording_by(row.kind, row.wording_version)
    if not file.facts:
        wording = wording_for(row.kind, row.village_code, day(at)) or wording
    if wording is None:
        return None
    facts = file.facts or facts_of(row, wording, at=at)
    on = day(at)
    days = wording.kind.valid_days
    heads = holders(row.village_code, (Role.VILLAGE_HEAD,), on=on)
    frame: Facts = {
        "letter.number": TO_COME,
        "letter.date": on.isoformat(),
        "letter.valid_until": (on + timedelta(days)).isoformat() if days else "",
        "signer.name": heads[0].full_name if heads else TO_COME,
        "signer.title": head_title(row.village_code),
        "signer.on_behalf": "",
    }
    return Draft(wording, frame | facts, fixed=file.facts is not None)
