"""A family's proposals, as its own page shows them."""

from datetime import date
from typing import Any

from smartkampung.aid.cycles.queries.letters import TOLD
from smartkampung.aid.cycles.queries.own import proposals_of_family
from smartkampung.aid.cycles.words import REASONS
from smartkampung.web.aid_cycles.words import PROPOSALS, tag
from smartkampung.web.aid_staff.blocks import reasons


def proposals_of(family_id: int, *, on: date) -> list[dict[str, Any]]:
    """Return where each proposal of a family stands, with reasons in words."""
    return [
        {
            "proposal": each,
            "letter": each.state in TOLD,
            "tag": tag(PROPOSALS, each.state),
            "reasons": reasons(
                REASONS, each.reasons, each.blocked_by, components=False
            ),
        }
        for each in proposals_of_family(family_id, on=on)
    ]
