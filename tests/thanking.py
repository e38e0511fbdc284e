"""Cases that ended well, and the codes that open them."""

from smartkampung.aid.models import Entitlement
from smartkampung.jobs.inline import run_waiting
from smartkampung.notify.models import Message
from smartkampung.reopening.counters.actions.serving import mark
from smartkampung.reopening.counters.models import Booking
from smartkampung.reopening.counters.rules.states import State
from tests import cases
from tests.counters import NOW as MORNING
from tests.counters import code_of, counter, slot
from tests.web import outcomes


def handed_over() -> str:
    """Hand Wayan's food pack over; return the code of the report."""
    desk = outcomes.open_desk()
    where = outcomes.approved(desk)
    due = Entitlement.objects.get()
    cases.announced(desk, due)
    due.refresh_from_db()
    cases.call(due, desk.sari)
    run_waiting()
    return where.split("/")[2]


def asked_whether_it_came() -> str:
    """Return the code by which the family confirms what was handed over."""
    message = Message.objects.filter(template="confirm").latest("pk")
    assert message.secret is not None
    code: str = message.secret.open()
    return code


def served(*, name: str = "Nyoman Suta", state: State = State.SERVED) -> str:
    """Serve somebody at the counter; return the code of the booking."""
    made = code_of(slot(counter()), name=name)
    row = Booking.objects.get(pk=made.booking_id)
    for step in (State.ARRIVED, state):
        mark(booking=row, state=step, at=MORNING, by="sari")
    return made.code
