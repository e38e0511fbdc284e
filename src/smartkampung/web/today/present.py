"""What applies in a place today, as plain values."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.kernel.clock import day
from smartkampung.kernel.language import either
from smartkampung.regions.codes import ancestor, level
from smartkampung.regions.queries import path_of, rts_of
from smartkampung.reopening.guidance.queries import in_force
from smartkampung.reopening.guidance.rules.kinds import Colour, Kind
from smartkampung.reopening.guidance.rules.zones import read_bands
from smartkampung.reopening.guidance.words import REFERENCES
from smartkampung.reopening.pilots.queries.changes import next_change
from smartkampung.reopening.pilots.queries.phases import phase_of, phases_on
from smartkampung.reopening.pilots.queries.regime import Regime, regime_on
from smartkampung.reopening.pilots.words import reason_said
from smartkampung.web.report.forms import rt_name
from smartkampung.web.today.words import KINDS, PARTS, TAGS, example, how_full, one_of


def applies(code: str, *, at: datetime) -> dict[str, Any]:
    """Return everything that the page of a village or RT says at a moment."""
    on = day(at)
    regime = regime_on(code, on)
    village = ancestor(code, "village")
    is_rt = level(code) == "rt"
    return {
        "code": code,
        "village_code": village,
        **_names_now(village),
        "rt": rt_name(code) if is_rt else "",
        "rts": [] if is_rt else _rts(code),
        "on": on,
        "at": at,
        "decided": regime is not None,
        "zone": _zone(regime, on) if is_rt and regime else None,
        "next": _next(code, regime, on),
        "waits": _waits(village, regime, on),
        **(_said(regime) if regime else {}),
    }


def _names_now(village: str) -> dict[str, str]:
    """Return the names of a village and its kecamatan, not as remembered for lists."""
    *_above, kecamatan, here = path_of(village)
    return {"village": here.name, "kecamatan": kecamatan.name}


def _waits(village: str, regime: Regime | None, on: date) -> str:
    """Return the phase in which a paused village stands, and which waits."""
    if regime is None or not regime.paused:
        return ""
    phase = phases_on(on)[phase_of(village, on)]
    return either(phase.name, phase.name_en)


def _rts(village: str) -> list[tuple[str, str]]:
    return [(rt, rt_name(rt)) for rt in rts_of(village).values_list("code", flat=True)]


def _said(regime: Regime) -> dict[str, Any]:
    return {
        "phase": either(regime.phase.name, regime.phase.name_en),
        "since": regime.since,
        "paused": regime.paused,
        "reason": reason_said(regime.reason),
        "gathering": regime.gathering,
        "reference": str(
            REFERENCES.get(regime.legal_reference, regime.legal_reference)
        ),
        "source": regime.source_url,
        "verified": regime.verified,
        "rows": [_row(name, regime) for name in KINDS],
    }


def _row(setting: Any, regime: Regime) -> dict[str, Any]:
    percent = regime.capacity[setting]
    state, words = how_full(percent)
    kind = KINDS[setting]
    return {
        "name": kind.name,
        # Where the part has a word, the number stands beside it.
        "percent": percent if percent in PARTS else None,
        "state": state,
        "words": words,
        "example": example(kind.usual, percent),
    }


def _zone(regime: Regime, on: date) -> dict[str, Any]:
    """Return the colour of an RT and what it asks; an unknown one keeps the last."""
    word = one_of(regime.said)
    if regime.colour is None:
        since = regime.kept[1] if regime.kept else None
        told = {"known": False, "last": word, "last_on": since}
    else:
        state = TAGS[regime.said[0]]
        told = {"known": True, "word": word, "state": state}
    return told | _asked(regime.said, on)


def _asked(colours: Sequence[Colour], on: date) -> dict[str, Any]:
    """Return what some colours ask of an RT, and by which rule."""
    found = in_force(Kind.RT_ZONE, on)
    if found is None or not colours:
        return {"asks": []}
    bands = [one for one in read_bands(found.body) if one.colour in colours]
    acts = [either(*action) for band in bands for action in band.actions]
    return {
        "asks": list(dict.fromkeys(acts)),
        "reference": found.reference,
        "source": found.source_url,
    }


def _next(code: str, regime: Regime | None, on: date) -> dict[str, Any] | None:
    """Return what is known to change next: from which day, and to which phase."""
    when = next_change(code, on)
    then = regime_on(code, when) if when else None
    if when is None or then is None:
        return None
    same = regime is not None and regime.phase.code == then.phase.code
    name = either(then.phase.name, then.phase.name_en)
    return {"on": when, "phase": name, "same": same}


def link_of(code: str) -> str:
    """Return the whole address of the page of a place, for a QR code."""
    return f"{settings.SITE_URL}{reverse('today:place', args=[code])}"


def poster_of(told: dict[str, Any]) -> list[dict[str, str]]:
    """Return the rows of a poster: what, and how full."""
    return [
        {
            "name": str(row["name"]),
            "words": row["words"],
            "example": row["example"],
            "state": row["state"],
        }
        for row in told["rows"]
    ]


def title_of(told: dict[str, Any]) -> str:
    """Return "What applies today in Sumberwangi", with the RT where one was chosen."""
    parts = [part for part in (told["rt"], told["village"]) if part]
    return _("What applies today in %(place)s") % {"place": ", ".join(parts)}
