"""People hit by the crisis, in every state: invented, and scaled to the regency.

The seed names some 3,500 tourism workers of 1.75 million people; as many again worked
elsewhere. Where the demo is played there are more of them, so that lists have pages.
"""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission, Role
from smartkampung.demo.cast import KECAMATAN, NEXT_DOOR, VILLAGE, cases
from smartkampung.demo.places import REGENCY
from smartkampung.demo.staff import Officers
from smartkampung.kernel.clock import day
from smartkampung.kernel.months import months_later
from smartkampung.kernel.sealed import blind_index
from smartkampung.recovery.affected.models import (
    Affected,
    Confirmation,
    FollowUp,
    Registration,
    Situation,
    Verdict,
)
from smartkampung.recovery.affected.rules.course import (
    FOLLOW_UP_MONTHS,
    State,
)
from smartkampung.recovery.affected.rules.registration import VERIFY_DUE, Channel, Kind
from smartkampung.regions.codes import spread, village_of
from smartkampung.residents.models import NIK, Person
from smartkampung.worklist.actions import open_all_work

DAY = timedelta(days=1)
TOURISM_WORKERS, OF_PEOPLE = 3_500, 1_750_000
HERE, NEXT, FEWEST = 48, 24, 60
VILLAGES_ELSEWHERE = 24
TOURISM = 0.5
EMPLOYERS = {
    "guide": "Asosiasi Pemandu Wisata",
    "boat": "Paguyuban Perahu Wisata",
    "homestay": "Paguyuban Homestay",
    "hotel": "Hotel Pantai Teduh",
    "restaurant": "Rumah Makan Sari Laut",
    "tourist_transport": "Koperasi Jip Wisata",
    "tour_agency": "Biro Wisata Semeru Biru",
    "industry": "Pabrik Kayu Rimba Jaya",
    "transport": "Koperasi Angkutan Desa",
    "ride_hailing": "Paguyuban Ojek",
}
OWN = {"homestay", "souvenir", "food_stall", "trade", "fisheries", "batik", "farming"}
SKILLS = ("Bahasa Inggris", "Menyetir", "Memasak", "Menjahit", "Selam", "Mesin perahu")
# Of a hundred records, how many stand where.
STATES = (
    [State.TO_VERIFY] * 18
    + [State.VERIFIED] * 52
    + [State.RECOVERED] * 18
    + [State.REFUSED] * 9
    + [State.LEFT] * 3
)


class Told(NamedTuple):
    """One invented record and what follows from it."""

    case: Affected
    person: Person
    channel: str


def tell_hardship(
    *, people: int, at: datetime, seed: int, officers: Officers
) -> list[Affected]:
    """Write the records, and everything about them; return those of the village."""
    rng = random.Random(f"{seed}:hardship")
    told = [_record(person, rng, at) for person in _people(people, rng)]
    Affected.objects.bulk_create(one.case for one in told)
    _registrations(told, officers, rng)
    _words(told, officers, rng)
    _situations(told, rng, at)
    _looks(told, rng, at)
    waiting = [one.case for one in told if one.case.state == State.TO_VERIFY]
    for case in waiting:
        open_all_work(
            kind="affected.verify",
            targets=[(case, case.region_code)],
            permission=Permission.AFFECTED_VERIFY,
            due_at=case.opened_at + VERIFY_DUE,
        )
    return [one.case for one in told if village_of(one.case.region_code) == VILLAGE]


def _people(people: int, rng: random.Random) -> list[Person]:
    """Return grown-ups with a NIK: some of every place, many where it is played."""
    wanted = max(FEWEST, round(2 * TOURISM_WORKERS * people / OF_PEOPLE) - HERE - NEXT)
    grown = Person.objects.filter(
        status="living",
        nik__isnull=False,
        merged_into=None,
        relation__in=(1, 3, 4),
        occupation__gt=3,
    ).exclude(nik_index__in=_cast())
    villages = list(
        grown.exclude(spread("region_code", KECAMATAN))
        .order_by()
        .values_list("region_code", flat=True)[:20_000]
    )
    named = sorted({village_of(code) for code in villages})
    chosen = rng.sample(named, min(VILLAGES_ELSEWHERE, len(named)))
    found = [*_some(grown, VILLAGE, HERE), *_some(grown, NEXT_DOOR, NEXT)]
    for village in chosen:
        found += _some(grown, village, -(-wanted // len(chosen)))
    return found


def _cast() -> list[bytes]:
    """Return whose part somebody plays, or programmes tell: they are told elsewhere."""
    members = (member for case in cases() for member in case.family.members)
    return [blind_index(member.nik, NIK) for member in members if member.nik]


def _some(rows: Any, village: str, count: int) -> list[Person]:
    return list(
        rows.filter(spread("region_code", village)).order_by("nik_index")[:count]
    )


def _record(person: Person, rng: random.Random, at: datetime) -> Told:
    sector = rng.choice(_SECTORS[rng.random() < TOURISM])
    state = rng.choice(STATES)
    channel = rng.choices(list(Channel), (50, 20, 30))[0]
    opened_at = at - rng.randint(1, 9) * DAY
    if state != State.TO_VERIFY:
        opened_at = at - rng.randint(40, 260) * DAY - timedelta(hours=rng.randint(1, 9))
    kind = _kind(sector, rng)
    before = rng.randint(12, 45) * 100_000
    case = Affected(
        person=person,
        region_code=person.region_code,
        state=state,
        kind=kind,
        sector_id=sector,
        employer=EMPLOYERS.get(sector, ""),
        happened_on=day(opened_at) - rng.randint(5, 90) * DAY,
        income_before=before,
        income_after=before * rng.randint(0, 6) // 10 // 1000 * 1000,
        sales_down_percent=rng.randint(4, 9) * 10 if kind == Kind.SALES_DOWN else None,
        dependants=rng.randint(0, 5),
        debts=rng.choice((0, 0, 0, 2, 5, 12, 30)) * 1_000_000,
        skills=", ".join(rng.sample(SKILLS, rng.randint(0, 2))),
        wishes=rng.sample(["work", "training", "capital", "tools"], rng.randint(1, 2)),
        opened_at=opened_at,
    )
    if state in (State.VERIFIED, State.RECOVERED, State.LEFT):
        case.verified_at = opened_at + rng.randint(1, 8) * DAY
        case.verified_by = "demo"
    if state in (State.RECOVERED, State.REFUSED, State.LEFT):
        case.closed_at = min(opened_at + rng.randint(9, 150) * DAY, at - DAY)
    return Told(case, person, channel)


_SECTORS = {
    True: (
        "guide",
        "boat",
        "homestay",
        "hotel",
        "restaurant",
        "tourist_transport",
        "souvenir",
        "tour_agency",
        "performing_arts",
        "attraction",
    ),
    False: (
        "fisheries",
        "trade",
        "food_stall",
        "transport",
        "ride_hailing",
        "batik",
        "industry",
        "construction",
        "events",
        "farming",
        "household_work",
    ),
}


def _kind(sector: str, rng: random.Random) -> str:
    if sector == "household_work":
        return Kind.RETURNED_MIGRANT
    if sector in OWN:
        return rng.choice((Kind.BUSINESS_CLOSED, Kind.SALES_DOWN, Kind.SALES_DOWN))
    return rng.choice((Kind.LAID_OFF, Kind.LAID_OFF, Kind.FURLOUGHED, Kind.HOURS_CUT))


def _decider(case: Affected, officers: Officers) -> Actor:
    return officers.of(Role.VILLAGE_OFFICER, village_of(case.region_code))


def _registrations(
    told: Sequence[Told], officers: Officers, rng: random.Random
) -> None:
    office = officers.of(Role.ECONOMIC_OFFICE, REGENCY["code"])
    Registration.objects.bulk_create(
        Registration(
            affected=one.case,
            state=Registration.State.JOINED,
            channel=one.channel,
            code_hash=None if one.channel == Channel.LIST else rng.randbytes(33),
            form_id=f"{rng.getrandbits(128):032x}",
            registered_by_id=_registrar(one, officers, office),
            nik=one.person.nik,
            nik_index=one.person.nik_index,
            name=one.person.name,
            born_on=one.person.born_on,
            findings=["matched"],
            language="id",
            sent_at=one.case.opened_at,
            matched_at=one.case.opened_at,
            **{name: getattr(one.case, name) for name in _COPIED},
        )
        for one in told
    )


_COPIED = (
    "region_code",
    "kind",
    "sector_id",
    "employer",
    "happened_on",
    "income_before",
    "income_after",
    "sales_down_percent",
    "dependants",
    "debts",
    "skills",
    "wishes",
)


def _registrar(one: Told, officers: Officers, office: Actor) -> int | None:
    if one.channel == Channel.LIST:
        return office.staff_id
    if one.channel == Channel.WEB:
        return None
    village = village_of(one.case.region_code)
    if village == VILLAGE:
        return officers.of(Role.RT_HEAD, f"{VILLAGE}.001.001").staff_id
    return officers.of(Role.VILLAGE_HEAD, village).staff_id


def _words(told: Sequence[Told], officers: Officers, rng: random.Random) -> None:
    """Have employers confirm, and villages decide; each by somebody who may."""
    confirmed: dict[int, Confirmation] = {}
    verdicts = []
    decided = [one for one in told if one.case.state != State.TO_VERIFY]
    for one in decided:
        case, by = one.case, _decider(one.case, officers)
        if case.employer and case.state != State.REFUSED and rng.random() < 0.7:
            confirmed[case.pk] = _confirmation(one, by, rng)
    Confirmation.objects.bulk_create(confirmed.values())
    for one in decided:
        case, by = one.case, _decider(one.case, officers)
        accepted = case.state != State.REFUSED
        word = confirmed.get(case.pk)
        verdicts.append(
            Verdict(
                affected=case,
                accepted=accepted,
                confirmation=word,
                unconfirmed_why="" if word or not accepted else "Usaha sendiri.",
                reasons=[]
                if accepted
                else [rng.choice(("not_affected", "not_reached"))],
                decider_id=by.staff_id,
                decided_at=case.verified_at or case.closed_at or case.opened_at,
            )
        )
        if accepted:
            case.verified_by = by.username
    Verdict.objects.bulk_create(verdicts)
    Affected.objects.bulk_update([one.case for one in decided], ["verified_by"])


def _confirmation(one: Told, by: Actor, rng: random.Random) -> Confirmation:
    case = one.case
    return Confirmation(
        affected=case,
        asked_of=case.employer,
        person_name=one.person.name,
        kind=case.kind,
        happened_on=case.happened_on,
        asked_by_id=by.staff_id,
        asked_at=case.opened_at + DAY,
        expires_at=case.opened_at + 15 * DAY,
        code_hash=rng.randbytes(32),
        answer="confirmed",
        told_by=f"Pengurus {case.employer}",
        answered_at=case.verified_at or case.opened_at + DAY,
    )


def _situations(told: Sequence[Told], rng: random.Random, at: datetime) -> None:
    rows = []
    for one in told:
        case = one.case
        if case.state == State.RECOVERED:
            rows.append(_situation(case, rng, case.closed_at or at, recovered=True))
        elif case.state == State.VERIFIED and rng.random() < 0.5:
            rows.append(_situation(case, rng, at - rng.randint(1, 30) * DAY))
    Situation.objects.bulk_create(rows)


def _situation(
    case: Affected, rng: random.Random, at: datetime, *, recovered: bool = False
) -> Situation:
    casual = rng.randint(3, 12) * 100_000
    return Situation(
        affected=case,
        work=rng.choice(("job", "own_business")) if recovered else "casual",
        direction="better" if recovered else rng.choice(("worse", "same", "better")),
        income=case.income_before or 0 if recovered else casual,
        recovered=recovered,
        told_by=case.verified_by if recovered or rng.random() < 0.5 else "",
        told_at=max(at, case.verified_at or at),
    )


def _looks(told: Sequence[Told], rng: random.Random, at: datetime) -> None:
    """Look again at who recovered; the looks of this week still wait."""
    rows = []
    for one in told:
        if one.case.state == State.RECOVERED and one.case.closed_at:
            rows += [_look(one.case, months, rng, at) for months in FOLLOW_UP_MONTHS]
    FollowUp.objects.bulk_create(rows)
    due = [row for row in rows if not row.outcome and row.due_on <= day(at)]
    open_all_work(
        kind="affected.follow_up",
        targets=[(row, row.affected.region_code) for row in due],
        permission=Permission.AFFECTED_VERIFY,
        due_at=at + 3 * DAY,
    )


def _look(case: Affected, months: int, rng: random.Random, at: datetime) -> FollowUp:
    due_on = months_later(day(case.closed_at or at), months)
    row = FollowUp(affected=case, months=months, due_on=due_on)
    if due_on < day(at) - 10 * DAY:
        row.outcome = rng.choices(("still_recovered", "not_found"), (9, 1))[0]
        row.answered_by = case.verified_by
        row.answered_at = at - (day(at) - due_on) + DAY
    return row
