"""Each kind of field work: its questions, what waits of it, and who takes it in."""

from smartkampung.frontline.field.kinds.affected import AffectedKind
from smartkampung.frontline.field.kinds.base import FieldKind
from smartkampung.frontline.field.kinds.field_check import FieldCheckKind
from smartkampung.frontline.field.kinds.hand_over import HandOverKind
from smartkampung.frontline.field.kinds.isolation_check import IsolationCheckKind
from smartkampung.frontline.field.kinds.isolation_visit import IsolationVisitKind

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
