"""What a version says, as lines in words: the same lines are compared."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from smartkampung.accounts.labels import ROLE_LABELS
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import today
from smartkampung.kernel.language import either
from smartkampung.reopening.guidance.queries import phase_names
from smartkampung.reopening.guidance.rules.kinds import (
    Colour,
    Indicator,
    Kind,
    Setting,
)
from smartkampung.reopening.guidance.rules.phases import read_phases
from smartkampung.reopening.guidance.rules.regency import Rule, read_indicators
from smartkampung.reopening.guidance.rules.zones import read_bands
from smartkampung.reopening.guidance.words import COLOURS, INDICATORS, SETTINGS

Body = Mapping[str, Any]
Line = tuple[str, str]


def lines(kind: str, body: Body) -> list[Line]:
    """Return what a body says, as (what, how), in its order."""
    return list(_LINES[Kind(kind)](body))


def compared(kind: str, one: Body, two: Body) -> list[dict[str, Any]]:
    """Return the lines of two bodies side by side, with what differs marked."""
    first, second = dict(lines(kind, one)), dict(lines(kind, two))
    return [
        {
            "what": what,
            "first": first.get(what, "-"),
            "second": second.get(what, "-"),
            "differs": first.get(what) != second.get(what),
        }
        for what in dict.fromkeys((*first, *second))
    ]


def _zones(body: Body) -> Iterator[Line]:
    yield _("Looks back"), _days(body["days"])
    for band in read_bands(body):
        colour = str(COLOURS[band.colour]).capitalize()
        if band.most is None:
            told = _("%(least)s houses or more") % {"least": band.least}
        elif band.most == band.least:
            told = ngettext("%(count)s house", "%(count)s houses", band.least) % {
                "count": band.least
            }
        else:
            span = {"least": band.least, "most": band.most}
            told = _("%(least)s to %(most)s houses") % span
        yield colour, told
        acts = " ".join(either(*act) for act in band.actions)
        yield _("%(colour)s: what to do") % {"colour": colour}, acts


def _phases(body: Body) -> Iterator[Line]:
    for phase in read_phases(body):
        name = either(phase.name, phase.name_en)
        for setting in Setting:
            yield f"{name}: {SETTINGS[setting]}", part(phase.settings[setting])
        most = _("not set yet") if phase.gathering is None else str(phase.gathering)
        yield f"{name}: {_('people who may gather')}", most
    for code, cap in body.get("colours", {}).items():
        zone = _("Zone %(colour)s") % {"colour": COLOURS[Colour(code)]}
        for setting in Setting:
            if setting in cap.get("settings", {}):
                most = part(cap["settings"][setting])
                yield f"{zone}: {SETTINGS[setting]}", most
        if "gathering" in cap:
            yield f"{zone}: {_('people who may gather')}", str(cap["gathering"])


def part(percent: int) -> str:
    """Return how full something may be."""
    return f"{percent}%" if percent else _("closed")


def _gates(body: Body) -> Iterator[Line]:
    for gate in body["gates"]:
        to = towards(gate["to"])
        for need in gate["needs"]:
            yield f"{to}: {_asked(need)}", _limit(need)
        roles = ", ".join(str(ROLE_LABELS[Role(one)]) for one in gate["signs"])
        yield f"{to}: {_('who signs')}", roles
    for one in body["worse"]:
        told = _("from %(start)s, for %(days)s; again after below %(again)s") % {
            "start": _number(one["from"]),
            "days": _days(one["days"]),
            "again": _number(one["again_below"]),
        }
        yield f"{_('Worse')}: {_asked(one)}", told
    hours = body["decide_hours"]
    told = ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    yield _("Time to decide when it gets worse"), told


def towards(phase: str) -> str:
    """Return the words for a gate, by the phase behind it."""
    names = phase_names(today())
    return _("To %(phase)s") % {"phase": either(*names.get(phase, (phase, phase)))}


def _asked(one: Body) -> str:
    of = _("of the village") if one["of"] == "village" else _("of the regency")
    return f"{INDICATORS[Indicator(one['indicator'])]} {of}"


def _limit(need: Body) -> str:
    told = {"days": _days(need["days"])}
    if "below" in need:
        told["limit"] = _number(need["below"])
        return _("below %(limit)s, for %(days)s") % told
    told["limit"] = _number(need["least"])
    return _("%(limit)s or more, for %(days)s") % told


def _days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}


def _number(text: str) -> str:
    return either(text.replace(".", ","), text)


def _regency(body: Body) -> Iterator[Line]:
    risks = {"high": _("high risk"), "medium": _("medium risk"), "low": _("low risk")}
    for band in body["bands"]:
        what = _("Score: %(risk)s") % {"risk": risks[band["risk"]]}
        yield what, _("from %(least)s") % {"least": _number(band["least"])}
    unknown = _("weight not known")
    for number, one in enumerate(read_indicators(body), start=1):
        weight = unknown if one.weight is None else _number(str(one.weight))
        how = _days(one.days) if one.rule in (Rule.FALL, Rule.RISE) else ""
        told = ", ".join(filter(None, (how, weight)))
        yield f"{either(one.text, one.text_en)}", told or str(number)


def _ppkm(body: Body) -> Iterator[Line]:
    for one in body["transmission"]:
        name = INDICATORS[Indicator(one["indicator"])]
        for band in one["bands"]:
            if "below" in band:
                told = _("below %(limit)s") % {"limit": _number(band["below"])}
            elif "most" in band:
                told = _("up to %(limit)s") % {"limit": _number(band["most"])}
            else:
                told = _("more than that")
            yield f"{name}: level {band['level']}", told
    for one in body["capacity"]:
        name = INDICATORS[Indicator(one["indicator"])]
        lower = one["better"] == "lower"
        words = _("adequate below %(good)s, limited above %(poor)s")
        if not lower:
            words = _("adequate above %(good)s, limited below %(poor)s")
        yield (
            str(name),
            words % {"good": _number(one["good"]), "poor": _number(one["poor"])},
        )


_LINES = {
    Kind.RT_ZONE: _zones,
    Kind.PHASES: _phases,
    Kind.GATES: _gates,
    Kind.REGENCY_ZONE: _regency,
    Kind.PPKM: _ppkm,
}
