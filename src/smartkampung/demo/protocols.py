"""Places under protocol of the demo, in every state, and events that ask for permission.

Every seed has the same places, so that links keep working; names, people in charge and
telephone numbers are made up.
"""

import random
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.demo.cast import KECAMATAN, VILLAGE
from smartkampung.demo.numbers import UNUSED_PREFIX
from smartkampung.demo.people import STREETS
from smartkampung.demo.places import REGENCY, Village
from smartkampung.demo.staff import Officers
from smartkampung.intake.actions.cases import code_hash, open_case
from smartkampung.kernel.clock import day, telling
from smartkampung.kernel.sealed import Sealed
from smartkampung.reopening.guidance.rules.kinds import Setting
from smartkampung.reopening.places.actions.complaining import answer_complaint, complain
from smartkampung.reopening.places.actions.events import CASE_KIND, DECIDE
from smartkampung.reopening.places.actions.inspecting import assess_own, inspect_place
from smartkampung.reopening.places.actions.registering import (
    ask_for_place,
    close_place,
    register_place,
)
from smartkampung.reopening.places.actions.suspending import (
    decide_suspension,
)
from smartkampung.reopening.places.models import Complaint, Event, Place
from smartkampung.reopening.places.models.places import PHONE
from smartkampung.reopening.places.queries.events import decided_at
from smartkampung.reopening.places.queries.protocols import checklist_on
from smartkampung.reopening.places.queries.register import place_by_code
from smartkampung.reopening.places.queries.standing import open_suspension
from smartkampung.reopening.places.rules.events import State
from smartkampung.reopening.places.rules.protocol import PLACE_KINDS
from smartkampung.reopening.places.rules.telling import PlacePlan
from smartkampung.worklist.actions import open_work

FORMS = UUID("5a4d6f0c-2b7e-4f0a-9c1d-8f3f6a1b2c30")
HERE, ELSEWHERE = 22, 38
DAY = timedelta(days=1)
NAMES = {
    Setting.OFFICE: "Kantor Desa",
    Setting.MARKET: "Pasar",
    Setting.MOSQUE: "Masjid Al-Ikhlas",
    Setting.CHURCH: "Gereja Kristen",
    Setting.TEMPLE: "Pura",
    Setting.SCHOOL: "SD Negeri",
    Setting.TOURISM_SITE: "Kampung Wisata",
    Setting.HOMESTAY: "Homestay Melati",
    Setting.RESTAURANT: "Warung Bu Sri",
}
KEEPERS = ("Wayan Sudarma", "Sri Wahyuni", "Hasan Basri", "Ni Made Ayu", "Imam Syafii")
# What became of the places of the cast's village, in the order of their numbers.
TALES = (
    *("certified",) * 9,
    *("asked", "asked", "registered", "registered", "assessed"),
    *("failed", "failed", "proposed", "suspended", "suspended", "expired"),
    *("complained", "closed"),
)
EVENTS = (
    ("Pernikahan Made dan Putu", Setting.WEDDING, 40, 21, State.ASKED),
    ("Pernikahan Rini dan Joko", Setting.WEDDING, 120, 30, State.ASKED),
    ("Khitanan Bayu", Setting.WEDDING, 30, 12, State.APPROVED),
    ("Festival Kuwung Desa", Setting.FESTIVAL, 400, 45, State.REFUSED),
    ("Selamatan Panen", Setting.FESTIVAL, 45, 9, State.WITHDRAWN),
    ("Pernikahan Siti dan Imam", Setting.WEDDING, 50, -14, State.APPROVED),
)


class _Cast(NamedTuple):
    """Who acts: the village, who inspects there and everywhere, who suspends."""

    sari: Actor
    joko: Actor
    maya: Actor
    endang: Actor


def tell_protocols(villages: list[Village], *, at: datetime) -> None:
    """Tell of sixty places and some events."""
    officers = Officers(on=day(at))
    cast = _Cast(
        officers.of(Role.VILLAGE_OFFICER, VILLAGE),
        officers.of(Role.BABINSA, VILLAGE),
        officers.of(Role.DINKES, REGENCY["code"]),
        officers.of(Role.KECAMATAN_OFFICER, KECAMATAN),
    )
    here = next(one for one in villages if one.code == VILLAGE)
    for number, tale in enumerate(TALES):
        _tell(here, number, tale, cast, at)
    step = max(1, len(villages) // ELSEWHERE)
    away = [one for one in villages[::step] if one.code != VILLAGE][:ELSEWHERE]
    for number, village in enumerate(away, HERE):
        sari = officers.of(Role.VILLAGE_OFFICER, village.code)
        tale = "failed" if number % 6 == 0 else "certified"
        _tell(village, number, tale, cast._replace(sari=sari, joko=cast.maya), at)
    for number, event in enumerate(EVENTS):
        _event(here, number, event, at)


def _tell(village: Village, number: int, tale: str, cast: _Cast, at: datetime) -> None:
    dice = random.Random(f"protocols:{number}")
    since = at - dice.randint(60, 150) * DAY
    if tale == "expired":
        since = at - 230 * DAY
    with telling(since):
        plan = _plan(village, number, dice)
        if tale == "asked":
            ask_for_place(plan=plan, at=since)
            return
        place = place_by_code(register_place(plan=plan, by=cast.sari, at=since))
    if place is None or tale == "registered":
        return
    if tale == "assessed":
        with telling(since + DAY):
            assess_own(
                place=place,
                form_id=_id(number, "own"),
                kept=_kept(place, at, lacking=("air", "linen")),
                at=since + DAY,
            )
        return
    _visit(place, number, cast.joko, since + 4 * DAY, failed=tale == "failed")
    _afterwards(place, number, tale, cast, at)


def _afterwards(
    place: Place, number: int, tale: str, cast: _Cast, at: datetime
) -> None:
    """Tell what became of a place after its first visit."""
    if tale in ("proposed", "suspended"):
        _visit(place, number + 1_000, cast.joko, at - 3 * DAY, failed=True)
        held = open_suspension(place)
        if tale == "suspended" and held is not None:
            with telling(at - 2 * DAY):
                decide_suspension(
                    suspension=held,
                    agreed=True,
                    reason="Pengunjung tanpa masker tetap dilayani.",
                    by=cast.endang,
                    at=at - 2 * DAY,
                )
    elif tale == "complained":
        _complaints(place, number, cast, at)
    elif tale == "closed":
        with telling(at - 10 * DAY):
            close_place(
                place=place, reason="Usaha pindah.", by=cast.sari, at=at - 10 * DAY
            )


def _complaints(place: Place, number: int, cast: _Cast, at: datetime) -> None:
    """Tell of a complaint that was answered, and of one that waits."""
    texts = (
        "Tidak ada sabun di tempat cuci tangan.",
        "Terlalu penuh pada Sabtu malam.",
    )
    for turn, text in enumerate(texts):
        told = at - (6 - 5 * turn) * DAY
        with telling(told):
            complain(
                place=place,
                form_id=_id(number, f"complaint{turn}"),
                text=text,
                photo=None,
                at=told,
            )
    with telling(at - 5 * DAY):
        answer_complaint(
            complaint=Complaint.objects.filter(place=place).earliest("pk"),
            answer="Terima kasih. Sabun sudah disediakan; kami periksa lagi.",
            inspects=True,
            by=cast.joko,
            at=at - 5 * DAY,
        )


def _visit(place: Place, number: int, by: Actor, at: datetime, *, failed: bool) -> None:
    lacking = ("mask", "air") if failed else ("cleaning",)
    with telling(at):
        inspect_place(
            place=place,
            form_id=_id(number, "visit"),
            kept=_kept(place, at, lacking=lacking),
            note="Sediakan masker cadangan di pintu." if failed else "",
            by=by,
            at=at,
        )


def _kept(place: Place, at: datetime, *, lacking: tuple[str, ...]) -> list[str]:
    found = checklist_on(place.kind, day(at))
    items = found[1].items if found else ()
    return [item.code for item in items if item.code not in lacking]


def _plan(village: Village, number: int, dice: random.Random) -> PlacePlan:
    kind = PLACE_KINDS[number % len(PLACE_KINDS)]
    return PlacePlan(
        form_id=_id(number, "place"),
        kind=kind,
        name=f"{NAMES[kind]} {village.name} {number + 1}",
        region_code=dice.choice(village.rts).code,
        address=f"Jl. {dice.choice(STREETS)} No. {dice.randint(1, 90)}",
        capacity=dice.choice((8, 20, 40, 100, 250)),
        contact_name=dice.choice(KEEPERS),
        contact_phone=f"{UNUSED_PREFIX}55{number:06d}",
    )


def _event(
    village: Village,
    number: int,
    told: tuple[str, Setting, int, int, State],
    at: datetime,
) -> None:
    """Write one event as its decision left it."""
    name, kind, people, ahead, state = told
    asked = at - 20 * DAY if ahead < 0 else at - 2 * DAY
    decided = state != State.ASKED
    rt = village.rts[number % len(village.rts)].code
    due = asked + 3 * DAY
    code = open_case(
        kind=CASE_KIND,
        region_code=rt,
        first_step="received",
        due_on=day(due),
        at=asked,
    )
    reasons = {
        State.REFUSED: "Orang sebanyak itu tidak boleh berkumpul sekarang.",
        State.WITHDRAWN: "RT ini menjadi zona oranye.",
    }
    row = Event.objects.create(
        kind=kind,
        name=name,
        region_code=rt,
        address="Balai RT",
        on=day(at + ahead * DAY),
        people=people,
        organiser=KEEPERS[number % len(KEEPERS)],
        phone=Sealed.of(f"{UNUSED_PREFIX}56{number:06d}", PHONE),
        form_id=_id(number, "event"),
        code_hash=code_hash(code),
        asked_at=asked,
        state=state,
        reason=reasons.get(state, ""),
        decided_by="kades" if decided else "",
        decided_at=asked + DAY if decided else None,
    )
    if not decided:
        open_work(
            kind=DECIDE,
            target=row,
            permission="reopening.event_decide",
            region_code=decided_at(row),
            due_at=due,
        )


def _id(number: int, what: str) -> UUID:
    return uuid5(FORMS, f"{what}:{number}")
