"""Five phones in the hills: answers are lost, sendings doubled, offices end meanwhile.

Seeded, so that a broken promise can be seen again. Of a hundred requests thirty are
lost, half of them only after the server has committed; ten are sent twice. Phones fill
in forms, change them after sending, send them in any order and in pieces, with clocks
that are off; offices are taken away and given back, phones are signed off, and others
do the same work at a desk. In the end everybody comes home and sends what is left.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from django.db.models import F

from smartkampung.accounts.actions.devices import revoke_device
from smartkampung.accounts.models import Assignment, Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.models import Claim, FieldCheck
from smartkampung.frontline.field.models import Record
from smartkampung.frontline.field.queries.records import envelope_in
from smartkampung.frontline.field.rules.envelopes import hash_of
from smartkampung.isolation.arrival.models import SupervisionVisit
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.affected.models import Registration
from tests import arriving, cases, cast
from tests.fieldwork import LATELY, Phone, day_in, phone_of, visit_answers
from tests.reporting import WAYAN_NIK

LOST, DOUBLED = 0.30, 0.10
CLAIMS, STAYS, AT_ONCE = 60, 3, 6


class Broken(AssertionError):
    """A promise that did not hold."""


@dataclass
class Hand:
    """Somebody with a phone: what waits on it, and what was ever filled in."""

    phone: Phone
    queue: list[dict[str, Any]] = field(default_factory=list)
    filled: list[dict[str, Any]] = field(default_factory=list)

    def keep(self, form: dict[str, Any]) -> None:
        """Put a form into the queue, where it stays until its own receipt came."""
        self.queue.append(form)
        self.filled.append(form)


@dataclass
class Hills:
    """Where they work, and on what."""

    draw: Random
    hands: list[Hand]
    claims: list[Claim]
    stays: list[int]
    tally: Counter[str] = field(default_factory=Counter)


def set_out(draw: Random) -> Hills:
    """Give five people a phone, and claims and stays to look after."""
    act_as(Kind.JOB)
    cases.desk()
    claims = []
    for number in range(CLAIMS):
        claim = cases.claim_of(None, nik=f"351009150590{1000 + number}")
        claims.append(claim)
    Claim.objects.update(region_code=cast.RT_HERE)
    people = [
        Staff.objects.get(username="sari"),
        Staff.objects.get(username="made"),
        cast.staff("tono", Role.VILLAGE_HEAD, cast.HERE),
        cast.staff("joko", Role.BABINSA, cast.HERE),
        cast.budi(),
    ]
    stays = [arriving.secluded(cast.RT_HERE, f"Ketut {n}").pk for n in range(STAYS)]
    hands = [Hand(phone_of(account)) for account in people]
    return Hills(draw, hands, claims, stays)


def fill_in(hills: Hills, hand: Hand) -> str:
    """Fill in a form of some kind; the network is not asked."""
    draw, phone = hills.draw, hand.phone
    kind = draw.choices(("check", "visit", "register", "rubbish"), (60, 20, 10, 10))[0]
    if kind == "check":
        target = f"aid.claim:{draw.choice(hills.claims).pk}"
        answers = visit_answers(recommends=draw.random() < 0.5)
        hand.keep(phone.form("aid.field_check", target, answers))
    elif kind == "visit":
        target = f"isolation.stay:{draw.choice(hills.stays)}"
        body = {
            "found": draw.choice(("present", "absent")),
            "missing": "Sinyal hilang.",
        }
        hand.keep(phone.form("isolation.visit", target, body))
    elif kind == "register":
        hand.keep(phone.form("affected.register", None, _registration(draw)))
    else:
        hand.keep(phone.form("aid.field_check", "aid.claim:x", {"apa": draw.random()}))
    return f"filled in: {kind}"


def _registration(draw: Random) -> dict[str, Any]:
    return {
        "nik": WAYAN_NIK,
        "name": "Wayan Sudarma",
        "born_on": "1990-03-12",
        "region_code": cast.RT_HERE,
        "kind": "laid_off",
        "sector": "boat",
        "happened_on": day_in(LATELY),
        "income_before": draw.randrange(10) * 100_000,
        "income_after": 0,
        "dependants": draw.randrange(5),
    }


def change_after_sending(hills: Hills, hand: Hand) -> str:
    """Keep other answers under an id that may have gone out already."""
    known = [form for form in hand.filled if form["kind"] == "aid.field_check"]
    if not known:
        return "nothing to change"
    form = hills.draw.choice(known)
    answers = {**form["body"], "notes": f"Versi {hills.draw.randrange(10**6)}."}
    hand.keep({**form, "body": answers})
    return "changed after sending"


def send(hills: Hills, hand: Hand) -> str:
    """Send some of the queue, in any order, over a line that loses things."""
    if not hand.queue:
        return "nothing to send"
    draw = hills.draw
    forms = draw.sample(hand.queue, min(len(hand.queue), draw.randrange(1, AT_ONCE)))
    if draw.random() < LOST / 2:
        return "lost on the way there"
    receipts = hand.phone.send(*forms)
    if draw.random() < DOUBLED:
        again = hand.phone.send(*reversed(forms))
        if not all(one["repeated"] for one in again):
            raise Broken("a doubled sending was no repetition")
    if draw.random() < LOST / (2 - LOST):
        return "lost on the way back"
    _let_go(hand, receipts)
    return "sent"


def _let_go(hand: Hand, receipts: list[dict[str, Any]]) -> None:
    """Forget, as the phone does, what has a receipt with its own fingerprint."""
    known = {(one["id"], one["body_hash"]) for one in receipts}
    hand.queue = [
        form for form in hand.queue if (form["id"], hash_of(form)) not in known
    ]


def at_a_desk(hills: Hills, hand: Hand) -> str:
    """Let somebody do the same work with a network."""
    act_as(Kind.JOB)
    sari = cases.rights(Staff.objects.get(username="sari"))
    try:
        cases.visit(hills.draw.choice(hills.claims), sari)
    except Refused:
        return "refused at a desk"
    return "done at a desk"


def take_away(hills: Hills, hand: Hand) -> str:
    """Take the office of somebody away, or give it back."""
    offices = Assignment.objects.filter(staff=hand.phone.staff)
    if offices.filter(revoked_at=None).exists():
        offices.update(revoked_at=now(), revoked_by="x", revoke_reason="x")
        return "office taken away"
    offices.update(revoked_at=None, revoked_by="", revoke_reason="")
    return "office given back"


def turn_clock(hills: Hills, hand: Hand) -> str:
    """Let the clock of a phone be off by up to two days."""
    hand.phone.off = timedelta(hours=hills.draw.randrange(-48, 49))
    return "clock turned"


def new_phone(hills: Hills, hand: Hand) -> str:
    """Sign a phone off; its queue is still sent, and work goes on with another."""
    act_as(Kind.JOB)
    revoke_device(device=hand.phone.device, by="test", at=now())
    bring_home(hand)
    hand.phone = phone_of(hand.phone.staff)
    return "another phone"


ACTS: tuple[tuple[int, Callable[[Hills, Hand], str]], ...] = (
    (50, fill_in),
    (32, send),
    (6, change_after_sending),
    (6, at_a_desk),
    (3, take_away),
    (2, turn_clock),
    (1, new_phone),
)


def bring_home(hand: Hand) -> None:
    """Send everything that is left, where there is a network."""
    while hand.queue:
        left = len(hand.queue)
        _let_go(hand, hand.phone.send(*hand.queue[:50]))
        if len(hand.queue) == left:
            raise Broken(f"{left} forms never get a receipt")


def let_phones_work(operations: int, *, seed: int) -> Counter[str]:
    """Do so many things at random, come home, and look at every promise."""
    hills = set_out(Random(seed))
    weights = [weight for weight, _act in ACTS]
    for _operation in range(operations):
        [(_weight, act)] = hills.draw.choices(ACTS, weights)
        hills.tally[act(hills, hills.draw.choice(hills.hands))] += 1
    for hand in hills.hands:
        bring_home(hand)
    look(hills)
    return hills.tally


def look(hills: Hills) -> None:
    """Raise Broken unless what is on the server is what was filled in, once."""
    act_as(Kind.JOB)
    rows = list(Record.objects.select_related("first"))
    came = Counter((str(row.form_id), envelope_in(row).body_hash) for row in rows)
    filled = {
        (form["id"], hash_of(form)) for hand in hills.hands for form in hand.filled
    }
    if set(came) != filled or max(came.values(), default=1) > 1:
        raise Broken("what came is not what was filled in, once each")
    for row in rows:
        if row.first_id is not None and row.state != "held":
            raise Broken(f"{row.form_id}: other answers took a place")
    _facts_are_the_records(rows)
    hills.tally.update(f"in the end: {row.state} {row.code}".strip() for row in rows)


def _facts_are_the_records(rows: list[Record]) -> None:
    """Look whether the domain holds what the records that are done say, and no more."""
    done = {row.form_id: row for row in rows if row.state == "done"}
    by_kind = Counter(row.kind for row in done.values())
    phones = FieldCheck.objects.filter(pk__in=done)
    for check in phones:
        said = envelope_in(done[check.pk]).body or {}
        same = (check.recommends, check.notes) == (
            said["recommends"],
            said.get("notes", ""),
        )
        if not same or check.checker_id != done[check.pk].staff_id:
            raise Broken(f"{check.pk}: the visit is not what was filled in")
    twice = (
        FieldCheck.objects.filter(kin_found=False)
        .values("claim")
        .annotate(n=F("claim"))
    )
    if twice.count() != len({one["claim"] for one in twice}):
        raise Broken("a claim was visited twice")
    found = (
        phones.count(),
        SupervisionVisit.objects.filter(pk__in=done).count(),
        Registration.objects.count(),
    )
    kinds = ("aid.field_check", "isolation.visit", "affected.register")
    if found != tuple(by_kind[kind] for kind in kinds):
        raise Broken(f"{found} facts of {by_kind}")
