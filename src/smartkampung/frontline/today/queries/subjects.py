"""What an item of the list is about, where that names no resident.

A notice, a topic, a place, a letter, a programme: by these somebody tells one item from
the next before opening it. Work about people of the registry has no line here: its page
names them, and writes that down.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from smartkampung.aid.cycles.models import VillageList
from smartkampung.aid.grievances.models import Grievance
from smartkampung.aid.models import BudgetRequest
from smartkampung.aid.payments.models import PaymentBatch
from smartkampung.frontline.field.models import Record
from smartkampung.frontline.texting.models import Assist
from smartkampung.frontline.voice.models import Broadcast, Task
from smartkampung.isolation.models import House
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.recovery.affected.models import AffectedList
from smartkampung.recovery.programmes.models import Offer
from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.places.models import Complaint, Event, Place, Suspension

Subject = tuple[Any, ...]
PROGRAMME = ("programme__name", "programme__name_en")
READ: dict[type[Model], tuple[str, ...]] = {
    Task: ("announcement__title",),
    Broadcast: ("announcement__title",),
    Assist: ("topic",),
    Grievance: ("kind",),
    Place: ("name",),
    Suspension: ("place__name",),
    Complaint: ("place__name",),
    # Its name may be that of a couple.
    Event: ("kind",),
    House: ("name",),
    LetterRequest: ("kind",),
    BudgetRequest: PROGRAMME,
    PaymentBatch: PROGRAMME,
    VillageList: ("cycle__programme__name", "cycle__programme__name_en"),
    Offer: ("title", "title_en"),
    AffectedList: ("organisation",),
    Guidance: ("kind",),
    # What tells about health says nothing of itself.
    Record: ("kind", "health"),
}
_BY_LABEL: dict[str, type[Model]] = {model._meta.label_lower: model for model in READ}


def subjects_of(targets: Iterable[str]) -> dict[str, Subject]:
    """Return what each target is about, as its table keeps it; one query for a table."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for target in set(targets):
        label, _colon, key = target.partition(":")
        if label in _BY_LABEL:
            wanted[label].append(key)
    found: dict[str, Subject] = {}
    for label, keys in sorted(wanted.items()):
        found |= _read(label, keys)
    return found


def _read(label: str, keys: list[str]) -> Mapping[str, Subject]:
    model = _BY_LABEL[label]
    rows = model._default_manager.filter(pk__in=keys).values_list("pk", *READ[model])
    return {f"{label}:{pk}": tuple(values) for pk, *values in rows}
