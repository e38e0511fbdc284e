"""Puts the planned parties of the demo into the tables of isolation, set by set."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import count
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb
from psycopg.types.range import DateRange

from smartkampung.demo.parties import (
    HOMES_A_HOUSE,
    Fate,
    Party,
    Planner,
    reservation_state,
)
from smartkampung.demo.places import Village
from smartkampung.demo.pour import pour
from smartkampung.demo.returnees import Guest
from smartkampung.intake.models import CaseStep, TrackedCase
from smartkampung.intake.rules import CASE_LIFE, new_code
from smartkampung.isolation.models import Bed, BedUse, Opening, Reservation, Room, Stay
from smartkampung.isolation.models.stays import DOCUMENT, NIK, PHONE
from smartkampung.isolation.rules.states import (
    Document,
    ReservationState,
    Setting,
    StayState,
    taken_days,
)
from smartkampung.kernel.clock import WIB, day
from smartkampung.kernel.sealed import blind_index, keyring
from smartkampung.regions.models import ServedVillage
from smartkampung.worklist.models import WorkItem

RESERVATION = [
    "id",
    "code_hash",
    "state",
    "setting",
    "region_code",
    "house",
    "centre",
    "address",
    "arrives_on",
    "origin_code",
    "entry_point",
    "phone",
    "language",
    "needs",
    "assessment",
    "walked_in",
    "waits_since",
    "made_at",
    "ended_at",
]
STAY = [
    "id",
    "reservation",
    "state",
    "during",
    "name",
    "sex",
    "born_on",
    "nik",
    "document_kind",
    "document",
    "identity",
    "bound",
    "emergency_contact",
    "consented_at",
    "present_at",
    "ended_at",
    "reason",
]
USE = ["bed", "stay", "during", "taken", "live", "work"]
CASE = ["code_hash", "kind", "opened_at", "due_on", "expires_at", "region_code"]
WORK = [
    "kind",
    "target",
    "permission",
    "region_code",
    "opened_at",
    "due_at",
    "closed_by",
    "urgent",
]
ASSESSMENT = {"own_room": True, "own_bathroom": True, "nobody_frail": True}
REASONS = {StayState.LOST: "Pergi tanpa izin.", StayState.HOSPITAL: "Dirujuk ke RS."}
WHOLE, WALKED_IN = 60_000, 0.08


class Place(NamedTuple):
    """Where a party stays: the region, and the house and its beds, or the address."""

    region: str
    house: int | None
    beds: Sequence[int]
    address: str


def tell_fortnights(
    villages: Sequence[Village], *, people: int, seed: int, at: datetime, keep: str
) -> None:
    """Fill the houses and homes of the last sixty days, and of the ten to come.

    A small regency has fewer of them; the village ``keep`` is always whole, because
    it is the one that people play.
    """
    chance = random.Random(f"{seed}:fortnights")
    planner = Planner(chance, day(at))
    share = min(1.0, people / WHOLE)
    rooms = _rooms(villages, chance, share=share, keep=keep)
    writer = _Writer(chance, at)
    parties = 0
    for room, place, village, opened in rooms:
        for party in planner.in_room(room, len(place.beds), village, opened):
            writer.add(party, place)
            parties += 1
    for party in planner.at_home(villages, round(parties * HOMES_A_HOUSE)):
        address = f"Rumah keluarga {party.guests[0].name}"[:200]
        writer.add(party, Place(party.place, None, (), address))
    writer.pour()


def _rooms(
    villages: Sequence[Village], chance: random.Random, *, share: float, keep: str
) -> Iterator[tuple[int, Place, Village, Any]]:
    by_code = {village.code: village for village in villages}
    beds: dict[int, list[int]] = {}
    for bed, room in Bed.objects.order_by("id").values_list("id", "room_id"):
        beds.setdefault(room, []).append(bed)
    opened = {
        house: during.lower
        for house, during in Opening.objects.values_list("house_id", "during")
    }
    rows = Room.objects.order_by("id").values_list(
        "id", "house_id", "house__village_id", "house__place_id"
    )
    for room, house, code, region in rows:
        if code == keep or chance.random() < share:
            place = Place(region, house, beds[room], "")
            yield room, place, by_code[code], opened[house]


class _Writer:
    """Turns parties into rows, and puts all of them into the tables at once."""

    def __init__(self, chance: random.Random, at: datetime) -> None:
        self.chance, self.at = chance, at
        self.numbers, self.stay_numbers = count(1), count(1)
        self.ring = keyring()
        self.centres = dict(
            ServedVillage.objects.values_list("village_id", "centre_id")
        )
        self.rows: dict[str, list[Sequence[Any]]] = defaultdict(list)

    def add(self, party: Party, place: Place) -> None:
        """Add the rows of one party."""
        number = next(self.numbers)
        made = self._moment(party.made_on, 6, 22)
        came = self._came(party)
        code = blind_index(new_code(), "tracking")
        self.rows["reservations"].append(
            self._reservation(number, code, party, place, made)
        )
        for index, (guest, fate) in enumerate(
            zip(party.guests, party.fates, strict=True)
        ):
            stay = next(self.stay_numbers)
            self.rows["stays"].append(self._stay(stay, number, guest, fate, came))
            if place.beds:
                self.rows["uses"].append(_use(place.beds[index], stay, fate))
        self._case(code, party, place, made, came)
        if party.state == ReservationState.BOOKED:
            self._expect(number, party, place, made)

    def pour(self) -> None:
        """Write everything: what others refer to comes first."""
        pour(Reservation, RESERVATION, self.rows["reservations"])
        pour(Stay, STAY, self.rows["stays"])
        pour(BedUse, USE, self.rows["uses"])
        pour(TrackedCase, CASE, self.rows["cases"])
        pour(CaseStep, ["case", "step", "at"], self.rows["steps"])
        pour(WorkItem, WORK, self.rows["work"])

    def _reservation(
        self, number: int, code: bytes, party: Party, place: Place, made: datetime
    ) -> Sequence[Any]:
        home = place.house is None
        state = reservation_state(party)
        came = party.state == ReservationState.ARRIVED
        walked_in = came and self.chance.random() < WALKED_IN
        return (
            number,
            code,
            state.value,
            (Setting.HOME if home else Setting.HOUSE).value,
            place.region,
            place.house,
            self.centres[party.village.code],
            place.address,
            party.arrives_on,
            party.journey.origin,
            party.journey.gate.value,
            self.ring.seal(f"+6284{self.chance.randrange(10**8):09d}", PHONE),
            "id",
            [],
            Jsonb(ASSESSMENT if home else {}),
            walked_in,
            None,
            made,
            self._ended(party, state),
        )

    def _stay(
        self, stay: int, number: int, guest: Guest, fate: Fate, came: datetime | None
    ) -> Sequence[Any]:
        present = came is not None
        contact = f"Keluarga {guest.name}" if present else ""
        passport = Document.PASSPORT.value if guest.passport else ""
        return (
            stay,
            number,
            fate.state.value,
            DateRange(fate.since, fate.until),
            guest.name,
            guest.sex,
            guest.born_on,
            self.ring.seal(guest.nik, NIK) if guest.nik else None,
            passport,
            self.ring.seal(guest.passport, DOCUMENT) if passport else None,
            _identity(guest),
            present,
            contact[:120],
            came,
            came,
            self._moment(fate.left_on, 8, 10) if fate.left_on else None,
            REASONS.get(fate.state, ""),
        )

    def _case(
        self,
        code: bytes,
        party: Party,
        place: Place,
        made: datetime,
        came: datetime | None,
    ) -> None:
        case = (code, "isolation", made, party.arrives_on, made + CASE_LIFE)
        self.rows["cases"].append((*case, place.region))
        self.rows["steps"].append((code, ReservationState.BOOKED.value, made))
        if came:
            self.rows["steps"].append((code, ReservationState.ARRIVED.value, came))

    def _expect(self, number: int, party: Party, place: Place, made: datetime) -> None:
        due = datetime.combine(party.arrives_on, time(), tzinfo=WIB)
        target = f"isolation.reservation:{number}"
        work = ("isolation.expected", target, "isolation.arrival_await", place.region)
        self.rows["work"].append((*work, made, due, "", False))

    def _came(self, party: Party) -> datetime | None:
        if party.state != ReservationState.ARRIVED:
            return None
        return self._moment(party.arrives_on, 6, 20)

    def _ended(self, party: Party, state: ReservationState) -> datetime | None:
        if state in {ReservationState.BOOKED, ReservationState.ARRIVED}:
            return None
        return self._moment(
            max(fate.left_on or fate.since for fate in party.fates), 8, 10
        )

    def _moment(self, on: Any, since: int, until: int) -> datetime:
        """Return a moment of a day between two hours, never later than now."""
        hour = timedelta(hours=self.chance.uniform(since, until))
        return min(self.at, datetime.combine(on, time(), tzinfo=WIB) + hour)


def _identity(guest: Guest) -> bytes | None:
    if guest.nik:
        return blind_index(guest.nik, NIK)
    if guest.passport:
        return blind_index(f"{Document.PASSPORT.value}:{guest.passport}", DOCUMENT)
    return None


def _use(bed: int, stay: int, fate: Fate) -> Sequence[Any]:
    """Take a bed for as long as the person was in it; who never came takes none."""
    never = fate.state in {StayState.CANCELLED, StayState.NO_SHOW}
    until = fate.until if never or not fate.left_on else fate.left_on
    return (
        bed,
        stay,
        DateRange(fate.since, until),
        DateRange(*taken_days(fate.since, until)),
        not never,
        "",
    )
