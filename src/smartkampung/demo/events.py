"""What happened in one village in the last months, and two corrections that wait.

Told through the very actions that pages call, each at its own moment.
"""

import io
import random
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from PIL import Image, ImageDraw

from smartkampung.accounts.roles import Role
from smartkampung.demo.cast import RT_NEXT_DOOR, VILLAGE, cases
from smartkampung.demo.staff import Officers
from smartkampung.intake.actions.photos import keep_photo
from smartkampung.kernel.clock import day, telling
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.actions.absences import record_missing
from smartkampung.residents.actions.arrivals import (
    Newcomer,
    open_family,
    record_birth,
)
from smartkampung.residents.actions.corrections import request_correction
from smartkampung.residents.actions.deaths import record_death
from smartkampung.residents.actions.happening import Act
from smartkampung.residents.actions.moves import (
    Card,
    Destination,
    record_move,
    record_move_out,
)
from smartkampung.residents.models import Family, Person
from smartkampung.residents.rules.corrections import RESIDENT, Field
from smartkampung.residents.rules.families import HEAD

MONTHS = timedelta(days=170)
NEWBORN = (
    "Alvaro Pratama",
    "Kirana Maharani",
    "Rafka Aditya",
    "Nadhifa Zahra",
    "Ghani Firmansyah",
    "Aisyah Humaira",
)
FROM = ("Jember, Jawa Timur", "Situbondo, Jawa Timur", "Denpasar, Bali")
TO = ("Surabaya, Jawa Timur", "Malang, Jawa Timur", "Badung, Bali")


def tell_events(*, at: datetime, officers: Officers, seed: int) -> None:
    """Let two ask for corrections; let people be born, die, come, go and move."""
    teller = _Teller(at, officers, random.Random(f"{seed}:events"))
    teller.ask()
    teller.tell()


class _Teller:
    """Tells events of families that nobody plays, the oldest first."""

    def __init__(self, at: datetime, officers: Officers, rng: random.Random) -> None:
        self.at, self.rng = at, rng
        self.by = officers.of(Role.VILLAGE_OFFICER, VILLAGE).username
        self.households = _households()

    def tell(self) -> None:
        """Tell two dozen events, spread over the months."""
        each = [self._birth, self._death, self._move, self._arrival, self._out]
        more = each * 2 + [self._birth] * 3 + [self._death] * 2 + [self._move]
        self.rng.shuffle(more)
        # One of each first, so that a small demo shows all.
        deeds = [*each, self._missing, *more]
        for number, deed in enumerate(deeds):
            members = next(self.households, None)
            if members is None:
                return
            told = self.at - MONTHS + MONTHS * (number + 0.5) / len(deeds)
            with _then(told):
                deed(number, members, self._act(told))

    def _act(self, told: datetime, **more: str) -> Act:
        on = day(told - timedelta(days=self.rng.randint(1, 5)))
        form = uuid.UUID(int=self.rng.getrandbits(128), version=4)
        return Act(id=form, on=on, by=self.by, at=told, **more)

    def _birth(self, number: int, members: Sequence[Person], act: Act) -> None:
        mothers = [one for one in members if one.sex == "P" and one.relation == 3]
        child = Newcomer(
            NEWBORN[number % len(NEWBORN)],
            self.rng.choice("LP"),
            act.on,
            relation=4,
            religion=members[0].religion,
            mother_name=mothers[0].name if mothers else "",
            father_name=members[0].name,
        )
        record_birth(act=act, family=members[0].family, child=child)

    def _death(self, number: int, members: Sequence[Person], act: Act) -> None:
        oldest = min(members, key=lambda one: one.born_on or act.on)
        rest = [one for one in members if one.pk != oldest.pk]
        new_head = rest[0].pk if oldest.relation == HEAD else None
        record_death(act=act, person=oldest, new_head=new_head)

    def _out(self, number: int, members: Sequence[Person], act: Act) -> None:
        act = self._act(act.at, elsewhere=TO[number % len(TO)])
        record_move_out(act=act, people=[members[-1]])

    def _arrival(self, number: int, members: Sequence[Person], act: Act) -> None:
        head = Newcomer(
            f"Mulyadi {['Santoso', 'Wibowo', 'Kurniawan'][number % 3]}",
            "L",
            act.on - timedelta(days=365 * 30),
            relation=HEAD,
            religion=1,
            marital_status=1,
        )
        open_family(
            act=self._act(act.at, elsewhere=FROM[number % len(FROM)]),
            region_code=members[0].region_code,
            kk="",
            address="",
            head=head,
        )

    def _move(self, number: int, members: Sequence[Person], act: Act) -> None:
        to = Destination(Card.SAME, RT_NEXT_DOOR)
        if number % 2:
            record_move(act=act, people=members, to=to)
            return
        one = members[-1]
        to = Destination(Card.NEW, RT_NEXT_DOOR, new_head=one.pk)
        record_move(act=act, people=[one], to=to)

    def _missing(self, number: int, members: Sequence[Person], act: Act) -> None:
        record_missing(act=act, person=members[-1])

    def ask(self) -> None:
        """Let an officer ask for one correction, overdue, and a family for another."""
        asked = [(Field.BIRTH_PLACE, ("Glagah", "Genteng"), 4.2, self.by)]
        asked += [(Field.MOTHER_NAME, ("Sulastri", "Sumiati"), 0.8, RESIDENT)]
        for field, choices, days, by in asked:
            members = next(self.households, None)
            if members is None:
                return
            # In a large regency somebody was born in Glagah already.
            so_far = getattr(members[0], field.value)
            wanted = next(value for value in choices if value != so_far)
            at = self.at - timedelta(days=days)
            with _then(at):
                request_correction(
                    form_id=uuid.UUID(int=self.rng.getrandbits(128), version=4),
                    person=members[0],
                    field=field,
                    wanted=wanted,
                    explanation="Di akta kelahiran tertulis lain, fotonya terlampir.",
                    evidence_id=keep_photo(
                        file=_certificate(), region_code=VILLAGE, at=at
                    ).pk,
                    by=by,
                    at=at,
                )


def _households() -> Iterator[list[Person]]:
    """Yield the living members of families of three or more whom nobody plays."""
    played = {one.name for case in cases() for one in case.family.members}
    rows = Family.objects.filter(region_code__startswith=f"{VILLAGE}.")
    quiet = rows.filter(members__claims=None).distinct().order_by("-pk")
    for card in quiet.prefetch_related("members__family")[:200]:
        members = [one for one in card.members.all() if one.status == "living"]
        members.sort(key=lambda one: (one.relation or 99, one.pk))
        led = [one for one in members if one.relation == HEAD]
        if len(members) > 2 and led and not played & {one.name for one in members}:
            yield members


@contextmanager
def _then(at: datetime) -> Iterator[None]:
    """One transaction of the past, acting as a job does."""
    with transaction.atomic(), telling(at):
        act_as(Kind.JOB)
        yield


def _certificate() -> io.BytesIO:
    """Draw a made-up certificate, to be seen as evidence."""
    sheet = Image.new("RGB", (600, 800), "#f7f3e8")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((30, 30, 570, 770), outline="#0b5c6b", width=6)
    pen.text((210, 80), "KUTIPAN AKTA KELAHIRAN", fill="#14201f")
    pen.text((250, 110), "(CONTOH / DEMO)", fill="#b3261e")
    for line in range(12):
        pen.line((80, 200 + 40 * line, 520, 200 + 40 * line), fill="#72807c", width=2)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    out.seek(0)
    return out
