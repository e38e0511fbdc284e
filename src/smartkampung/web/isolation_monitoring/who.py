"""Who somebody in isolation is and where, as plain values for a page."""

from typing import Any

from smartkampung.web.aid_staff import present


def who(row: Any) -> dict[str, Any]:
    """Return where somebody is and until when; nothing about health."""
    party = row.reservation
    return {
        "place": present.where([party.region_code])[party.region_code],
        "address": party.house.name if party.house else party.address,
        "last_day": row.during.upper,
        "length": (row.during.upper - row.during.lower).days,
    }
