"""Tables of cycles, by what they are about."""

from smartkampung.aid.cycles.models.lists import Meeting, VillageList
from smartkampung.aid.cycles.models.plan import Cycle, Holiday, Tranche, VillageFund
from smartkampung.aid.cycles.models.proposals import Proposal, ProposalEvent
from smartkampung.aid.cycles.models.runs import Run

__all__ = [
    "Cycle",
    "Holiday",
    "Meeting",
    "Proposal",
    "ProposalEvent",
    "Run",
    "Tranche",
    "VillageFund",
    "VillageList",
]
