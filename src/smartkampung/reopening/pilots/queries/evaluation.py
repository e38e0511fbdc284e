"""What the readings of a village say about a gate, and about going back."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from smartkampung.regions.codes import ancestor
from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.guidance.queries import in_force
from smartkampung.reopening.guidance.rules.kinds import Indicator, Kind
from smartkampung.reopening.pilots.rules.gates import (
    Gate,
    Gates,
    Judged,
    Seen,
    Verdict,
    Worse,
    is_bad,
    is_open,
    judge,
    read_gates,
)
from smartkampung.reopening.signals.queries import readings_over

DAY = timedelta(days=1)
NO_PROVIDER = "no_provider"


class Reading(Protocol):
    """A value, or what is missing for one."""

    @property
    def value(self) -> Decimal | None:
        """Return the value, if there is one."""
        ...

    @property
    def missing(self) -> str:
        """Return a code of what is missing."""
        ...


@dataclass
class Readings:
    """Readings asked for once each, however many pilots and needs share them."""

    known: dict[tuple[str, date], Any] = field(default_factory=dict)
    compliant: dict[tuple[str, date], Reading] = field(default_factory=dict)

    def seen(
        self, village: str, *, of: str, indicator: Indicator, days: int, until: date
    ) -> tuple[Seen, ...]:
        """Return the readings of so many days up to one, the earliest first."""
        region = ancestor(village, of)
        asked = [until - DAY * back for back in reversed(range(days))]
        if indicator != Indicator.COMPLIANCE and any(
            (region, on) not in self.known for on in asked
        ):
            found = readings_over(region, since=asked[0], until=until + DAY)
            self.known |= {(region, on): one for on, one in found.items()}
        return tuple(self._on(region, indicator, on) for on in asked)

    def _on(self, region: str, indicator: Indicator, on: date) -> Seen:
        if indicator == Indicator.COMPLIANCE:
            found = self._compliance(region, on)
        else:
            found = self.known[region, on].get(indicator)
        if found is None:
            return Seen(on, None, NO_PROVIDER)
        return Seen(on, found.value, found.missing)

    def _compliance(self, village: str, on: date) -> Reading | None:
        # Inspections of places lie above this package: named in settings, as facts are.
        if not settings.COMPLIANCE:
            return None
        if (village, on) not in self.compliant:
            ask: Callable[[str, date], Reading] = import_string(settings.COMPLIANCE)
            self.compliant[village, on] = ask(village, on)
        return self.compliant[village, on]


@dataclass(frozen=True)
class Evaluation:
    """A gate of a village, judged by the last whole day and those before it."""

    village: str
    gate: Gate
    guidance: Guidance
    until: date
    judged: tuple[Judged, ...]

    @property
    def is_open(self) -> bool:
        """Say whether every need is met."""
        return is_open(self.judged)

    @property
    def is_bad(self) -> bool:
        """Say whether any need is known not to be met."""
        return is_bad(self.judged)

    @property
    def undecided(self) -> tuple[Judged, ...]:
        """Return the needs that cannot be decided, because something is missing."""
        return tuple(one for one in self.judged if one.verdict == Verdict.CANNOT_DECIDE)

    def kept(self) -> dict[str, Any]:
        """Return what is written down with a sign-off or a move."""
        return {
            "to": self.gate.to,
            "guidance": self.guidance.pk,
            "legal_reference": self.guidance.legal_reference,
            "until": self.until.isoformat(),
            "needs": [kept_need(one) for one in self.judged],
        }

    @property
    def digest(self) -> str:
        """Return what is signed: the same for the same readings and the same gate."""
        text = json.dumps(self.kept(), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def kept_need(one: Judged) -> dict[str, Any]:
    """Return a judged need as plain values."""
    need = one.need
    return {
        "indicator": need.indicator.value,
        "of": need.of,
        "days": need.days,
        "below": None if need.below is None else str(need.below),
        "least": None if need.least is None else str(need.least),
        "verdict": one.verdict.value,
        "seen": [kept_seen(seen) for seen in one.seen],
    }


def kept_seen(one: Seen) -> list[str]:
    """Return a reading as plain values: day, value, what is missing."""
    value = "" if one.value is None else str(one.value)
    return [one.on.isoformat(), value, one.missing]


def gates_on(on: date) -> tuple[Guidance, Gates] | None:
    """Return the gates in force on a day, and their version."""
    found = in_force(Kind.GATES, on)
    return (found, read_gates(found.body)) if found else None


def evaluate(
    village: str, to: str, *, on: date, using: Readings | None = None
) -> Evaluation | None:
    """Judge the gate before a phase; None where guidance has no such gate.

    The last day judged is the day before: a day that still runs looks too good.
    """
    known = gates_on(on)
    gate = known[1].to(to) if known else None
    if known is None or gate is None:
        return None
    source, until = using or Readings(), on - DAY
    judged = tuple(
        judge(
            need,
            source.seen(
                village,
                of=need.of,
                indicator=need.indicator,
                days=need.days,
                until=until,
            ),
        )
        for need in gate.needs
    )
    return Evaluation(village, gate, known[0], until, judged)


def watched(
    village: str, rule: Worse, *, until: date, using: Readings
) -> tuple[Seen, ...]:
    """Return the days by which worsening is judged."""
    return using.seen(
        village, of=rule.of, indicator=rule.indicator, days=rule.days, until=until
    )
