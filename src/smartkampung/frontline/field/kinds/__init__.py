"""Each kind of field work: its questions, what waits of it, and who takes it in."""

import re

from smartkampung.frontline.field.kinds.affected import AffectedKind
from smartkampung.frontline.field.kinds.base import FieldKind
from smartkampung.frontline.field.kinds.field_check import FieldCheckKind
from smartkampung.frontline.field.kinds.hand_over import HandOverKind
from smartkampung.frontline.field.kinds.isolation_check import IsolationCheckKind
from smartkampung.frontline.field.kinds.isolation_visit import IsolationVisitKind

# A row of ours, and shorter than the number of a card.
_ROW = re.compile(r"[0-9]{1,12}")
HALF = "draft/"  # before the kind of a form that nobody finished
KINDS: dict[str, FieldKind] = {
    kind.code: kind
    for kind in (
        IsolationCheckKind(),
        FieldCheckKind(),
        HandOverKind(),
        IsolationVisitKind(),
        AffectedKind(),
    )
}


def kind_of(code: str) -> FieldKind | None:
    """Return the kind of a form, finished or not; None where there is none."""
    return KINDS.get(code.removeprefix(HALF))


def is_half(code: str) -> bool:
    """Say whether a form was never finished: whoever began it did not say "save"."""
    return code.startswith(HALF)


def target_in(kind: FieldKind | None, target: str) -> str:
    """Return what a form is about, if that can be a row of its kind; else ""."""
    model, _colon, number = target.partition(":")
    known = kind is not None and model == kind.model
    return target if known and _ROW.fullmatch(number) else ""
