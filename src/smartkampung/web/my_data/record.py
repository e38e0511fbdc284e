"""Everything that is recorded about a person and their family, gathered once.

For the copy that a family takes and for the statement that the village office prints.
"""

from dataclasses import dataclass
from datetime import datetime

from smartkampung.aid.cycles.queries.own import OwnProposal, proposals_of_family
from smartkampung.aid.queries.benefits import Benefit, benefits_of_family
from smartkampung.aid.queries.own import (
    OwnCase,
    OwnHandover,
    OwnVisit,
    cases_of_family,
    handovers_to_family,
    visits_to_family,
)
from smartkampung.kernel.clock import day
from smartkampung.residents.actions.copies import Copy
from smartkampung.residents.queries.consents import Consent, consents_of
from smartkampung.residents.queries.own import (
    Correction,
    FamilyDecile,
    LifeEvent,
    own_corrections,
    own_decile,
    own_life_events,
    own_looks,
)
from smartkampung.residents.subject import Subject
from smartkampung.web.my_data.looking import Look, lines_of


@dataclass(frozen=True)
class OwnRecord:
    """One person's data and the family's, with the numbers in full."""

    made_at: datetime
    copy: Copy
    benefits: list[Benefit]
    proposals: list[OwnProposal]
    cases: list[OwnCase]
    visits: list[OwnVisit]
    handovers: list[OwnHandover]
    consents: list[Consent]
    looks: list[Look]
    corrections: list[Correction]
    life: list[LifeEvent]
    decile: FamilyDecile | None


def gather(copy: Copy, *, at: datetime) -> OwnRecord:
    """Return the record; opening the numbers was written down as the look at it."""
    family_id = copy.card.family.pk
    subject = Subject(copy.person.pk, family_id, copy.person.region_code)
    return OwnRecord(
        made_at=at,
        copy=copy,
        benefits=benefits_of_family(family_id=family_id, on=day(at)),
        proposals=proposals_of_family(family_id, on=day(at)),
        cases=cases_of_family(family_id, at=at),
        visits=visits_to_family(family_id),
        handovers=handovers_to_family(family_id),
        consents=consents_of(family_id),
        looks=lines_of(own_looks(subject)),
        corrections=list(own_corrections(subject)),
        life=list(own_life_events(subject)),
        decile=own_decile(subject),
    )
