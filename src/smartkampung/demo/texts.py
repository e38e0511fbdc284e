"""Texts of the last days, thanks of the last months, and the villages of the weeks."""

from datetime import datetime, timedelta

from smartkampung.demo.bulk import settle_history
from smartkampung.demo.cast import NEXT_DOOR, VILLAGE, playable
from smartkampung.frontline.recognition.actions.thanking import thank
from smartkampung.frontline.recognition.models import Named, Week
from smartkampung.frontline.recognition.queries.cases import Helped
from smartkampung.frontline.recognition.rules.thanks import Sentence, Service
from smartkampung.frontline.recognition.rules.week import A_WEEK, monday_of, turn_of
from smartkampung.frontline.texting.actions.assist import close_assist
from smartkampung.frontline.texting.actions.assist import read_phone as phone_to_call
from smartkampung.frontline.texting.actions.receive import Text, receive
from smartkampung.frontline.texting.models import Assist
from smartkampung.frontline.texting.rules.states import Outcome
from smartkampung.kernel.clock import day, telling
from smartkampung.regions.queries import names, path_of
from smartkampung.residents.rules.phones import read_phone

HOUR = timedelta(hours=1)
HELP = {"LAPOR": 26, "surat": 5, "isolasi": 3}  # hours ago
# What others write, so many of each: the week in words.
HEARD = (("BANTUAN", 7), ("CEK", 9), ("STOP", 5), ("lapor", 6))
OWN = (
    "Terima kasih, petugas datang sendiri ke rumah ibu saya.",
    "Dijelaskan pelan-pelan, saya jadi mengerti hak saya.",
    "Matur nuwun sanget, bantuan sampai sebelum lebaran.",
)
CHOSEN = (Sentence.KIND, Sentence.QUICK, Sentence.CLEAR, Sentence.KIND)
SERVICES = (Service.AID, Service.COUNTER, Service.AID, Service.ISOLATION)
# Whom the weeks named, the last first: due and done, and in the four weeks before.
NAMED = (
    (VILLAGE, 19, 18, 64, 51),
    ("", 0, 0, 0, 0),
    ("35.10.01.2002", 24, 23, 80, 66),
    (NEXT_DOOR, 16, 16, 41, 34),
    ("35.10.16.1001", 31, 29, 118, 97),
    ("", 0, 0, 0, 0),
)


def tell_texts(*, at: datetime) -> None:
    """Let the cast write, some be called back, and tell who was thanked."""
    _ask_for_help(at)
    _write(at)
    _thank(at)
    _name(at)
    settle_history(before=at)


def _name(at: datetime) -> None:
    """Remember whom the last weeks named: a demo has too little work for all of them."""
    monday = monday_of(day(at))
    known = names(code for code, *_counts in NAMED)
    for number, (code, *counts) in enumerate(NAMED, 1):
        week = monday - number * A_WEEK
        area, way = turn_of(week)
        row = Week.objects.create(
            monday=week,
            area=area,
            way=way,
            compared=9 if code in known else 3,
            decided_at=at - (number - 1) * A_WEEK,
        )
        if code in known:
            due, good, before, good_before = counts
            Named.objects.create(
                week=row,
                village_id=code,
                due=due,
                in_time=good,
                due_before=before,
                in_time_before=good_before,
            )


def _ask_for_help(at: datetime) -> None:
    """Let three families ask to be called, and the RT have called two others."""
    place = " ".join((names([VILLAGE])[VILLAGE], path_of(VILLAGE)[-2].name))
    phones = [read_phone(person.phone) for person in playable() if person.phone]
    asking = [*HELP.items(), ("lapor", 150), ("surat", 100)]
    for number, (word, hours) in enumerate(asking):
        then = at - hours * HOUR
        phone = phones[number % len(phones)]
        for step, said in enumerate((word, "2", place)):
            _receive(f"demo-help-{number}-{step}", phone, said, then)
    outcomes = (Outcome.HELPED, Outcome.NOT_REACHED)
    called = Assist.objects.order_by("asked_at")[: len(outcomes)]
    for row, outcome in zip(called, outcomes, strict=False):
        helped = outcome == Outcome.HELPED
        then = row.asked_at + 9 * HOUR if helped else row.due_at - HOUR
        with telling(then):
            phone_to_call(assist=row, by="rt")
            close_assist(assist=row, outcome=outcome, at=then, by="rt")


def _write(at: datetime) -> None:
    for word, count in HEARD:
        for number in range(count):
            phone = f"+62849991{len(word)}0{number:03}"
            then = at - (7 + 11 * number) * HOUR
            _receive(f"demo-{word}-{number}", phone, word, then)


def _receive(key: str, phone: str, said: str, then: datetime) -> None:
    with telling(then):
        receive(Text(key, phone, said, "whatsapp"), at=then)


def _thank(at: datetime) -> None:
    """Thank the village of the cast often, and its neighbour sometimes."""
    for number in range(16):
        village = NEXT_DOOR if number % 4 == 3 else VILLAGE
        own = OWN[number // 5] if number % 5 == 0 and number < 15 else ""
        helped = Helped(
            f"demo:{number}", SERVICES[number % len(SERVICES)], village, frozenset()
        )
        then = at - number * timedelta(days=4)
        sentence = Sentence.OWN if own else CHOSEN[number % len(CHOSEN)]
        with telling(then):
            thank(helped=helped, sentence=sentence, words=own, at=then)
