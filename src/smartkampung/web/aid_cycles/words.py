"""Words and colours of the states of cycles."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.cycles.rules.proposals import EventKind, ProposalState
from smartkampung.aid.cycles.rules.steps import ListState

LISTS: dict[str, tuple[Promise, str]] = {
    ListState.PROPOSING: (_("village proposes"), "wait"),
    ListState.VERIFYING: (_("being visited"), "wait"),
    ListState.DECIDING: (_("village head decides"), "wait"),
    ListState.APPROVING: (_("kecamatan approves"), "wait"),
    ListState.APPROVED: (_("approved"), "ok"),
}
PROPOSALS: dict[str, tuple[Promise, str]] = {
    ProposalState.PROPOSED: (_("proposed"), "wait"),
    ProposalState.VERIFIED: (_("in need"), "info"),
    ProposalState.UNFIT: (_("not in need"), "off"),
    ProposalState.EXCLUDED: (_("left out"), "late"),
    ProposalState.WAITING: (_("waits for a place"), "wait"),
    ProposalState.ENROLLED: (_("receives"), "ok"),
    ProposalState.SUSPENDED: (_("suspended"), "late"),
    ProposalState.STOPPED: (_("stopped"), "off"),
}
EVENTS: dict[str, Promise] = {
    EventKind.PROPOSED: _("Proposed"),
    EventKind.VERIFIED: _("Found in need on a visit"),
    EventKind.UNFIT: _("Found not in need on a visit"),
    EventKind.EXCLUDED: _("Left out by the registry"),
    EventKind.WAITING: _("Waits for a place"),
    EventKind.ENROLLED: _("Approved: receives"),
    EventKind.SUSPENDED: _("Suspended"),
    EventKind.RESUMED: _("Receives again"),
    EventKind.STOPPED: _("Stopped"),
    EventKind.MOVED: _("Moved to another place"),
    EventKind.EXCEPTED: _("An exception was granted"),
}
RUNS: dict[str, Promise] = {
    "propose": _("Propose the poorest families"),
    "approve": _("Approve the lists that wait"),
    "release": _("Release a tranche"),
}
RUN_STATES: dict[str, tuple[Promise, str]] = {
    "running": (_("running"), "wait"),
    "done": (_("done"), "ok"),
    "cancelled": (_("stopped"), "off"),
    "undone": (_("undone"), "off"),
}
# Who acted by itself, in the diary of a proposal.
ROBOTS: dict[str, Promise] = {
    "cycles": _("the registry"),
    "life_events": _("a life event"),
}


def tag(words: dict[str, tuple[Promise, str]], state: str) -> dict[str, Any]:
    """Return the tag of a state."""
    text, colour = words[state]
    return {"text": text, "state": colour}
