"""Take a text in: read it, do what it asks, answer it. What it said is not kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from smartkampung.accounts.actions.phones import heard_from
from smartkampung.frontline.texting.actions.assist import ask_for_help
from smartkampung.frontline.texting.actions.full_day import is_full
from smartkampung.frontline.texting.models import Conversation, Received
from smartkampung.frontline.texting.queries.places import place_named
from smartkampung.frontline.texting.rules.menu import (
    OPEN_FOR,
    Deed,
    Reply,
    Step,
    Talk,
    Topic,
    Turn,
    place_unread,
    stop,
    turn,
)
from smartkampung.frontline.texting.rules.reading import (
    Word,
    masked,
    may_hold_number,
    read,
)
from smartkampung.intake.actions.limits import count_hit
from smartkampung.intake.queries import case_by_code
from smartkampung.intake.rules import Limit, read_code
from smartkampung.kernel.claim import Busy
from smartkampung.kernel.clock import day, start_of_day
from smartkampung.kernel.rls import as_job
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.kernel.wording import long_day
from smartkampung.notify.actions import opt_in, opt_out, send
from smartkampung.notify.queries import has_opted_out
from smartkampung.residents.models import PHONE
from smartkampung.residents.rules.consents import Purpose

PER_PHONE = Limit("texting.phone", 20, timedelta(hours=1))
IN_ALL = Limit("texting.all", 3_000, timedelta(minutes=10))
KEPT_FOR = timedelta(days=90)
# Where people help themselves, by topic.
DOORS = {
    Topic.REPORT: "/aid/report/",
    Topic.ISOLATION: "/isolation/",
    Topic.LETTER: "/surat/",
    Topic.OTHER: "/",
}
# What STOP ends: area news only. When and where aid is handed over still comes, unless
# somebody says that everything shall end.
ENDS: dict[Deed, str] = {Deed.SILENCE: Purpose.AREA_NEWS, Deed.SILENCE_ALL: ""}
# Where every code opens: who reads a text over a shoulder learns of no kind of case.
CASE_DOOR = "/t/"


@dataclass(frozen=True)
class Text:
    """One text as its gateway tells it; ``sender`` in the one spelling of phones."""

    gateway_id: str
    sender: str
    said: str
    channel: str

    def __repr__(self) -> str:
        return f"<Text {self.channel}>"


class Taken(StrEnum):
    """What became of a text."""

    ANSWERED = "answered"
    REPEATED = "repeated"
    LIMITED = "limited"


@dataclass(frozen=True)
class _Answer:
    """What is sent back: which words, with what filled in."""

    reply: Reply
    context: dict[str, str]
    secret: str | None = None


def receive(text: Text, *, at: datetime) -> Taken:
    """Take a text in and queue its answer; the same text again does nothing.

    Raises Busy when too many texts came at once: the gateway sends it again later.
    """
    if count_hit(IN_ALL, key="all", at=at) > IN_ALL.count:
        raise Busy(
            _("Too many texts came in at once. Send this one again in a minute.")
        )
    with transaction.atomic():
        row, first = Received.objects.get_or_create(
            gateway_id=text.gateway_id,
            channel=text.channel,
            defaults={
                "at": at,
                "phone_index": blind_index(text.sender, PHONE),
            },
        )
        if not first:
            return Taken.REPEATED
        hits = count_hit(PER_PHONE, key=text.sender, at=at)
        if hits > PER_PHONE.count + 1:
            return Taken.LIMITED
        # A sender can be invented, and every answer is paid.
        if is_full(at=at):
            return _stop_only(text, row, at)
        if hits > PER_PHONE.count:
            # Told once, or whoever is told too much is told more.
            _send(text, row, _Answer(Reply.ENOUGH, {}), english=False)
            return Taken.LIMITED
        _converse(text, row, at)
    return Taken.ANSWERED


def _stop_only(text: Text, row: Received, at: datetime) -> Taken:
    """Hear nothing but STOP and danger, and answer the first such text of a phone."""
    asked = read(masked(text.said))
    phone = Sealed.of(text.sender, PHONE)
    if asked.word is Word.URGENT and not _told_today(row, at):
        row.word = asked.word
        _send(text, row, _Answer(Reply.URGENT, {}), english=asked.english)
        return Taken.ANSWERED
    if asked.word is not Word.STOP:
        return Taken.LIMITED
    turned = stop(asked.rest)
    heard_from(phone=phone, wants=False, at=at)
    if has_opted_out(phone, ENDS[turned.deed]):
        return Taken.LIMITED
    opt_out(phone=phone, through=text.channel, at=at, purpose=ENDS[turned.deed])
    row.word = asked.word
    _send(text, row, _Answer(turned.reply, {}), english=asked.english)
    return Taken.ANSWERED


def _told_today(row: Received, at: datetime) -> bool:
    """Say whether a phone was told of 112 today: every answer is paid."""
    rows = Received.objects.filter(phone_index=row.phone_index, reply=Reply.URGENT)
    return rows.filter(at__gte=start_of_day(day(at))).exists()


def _converse(text: Text, row: Received, at: datetime) -> None:
    talk_row = _conversation(text, at)
    asked = read(masked(text.said))
    english = asked.english or (talk_row.english and asked.word is None)
    if may_hold_number(text.said) and asked.word is not Word.STOP:
        answer = _Answer(Reply.NO_NUMBER, {})
    else:
        before = Talk(Step(talk_row.step), Topic(talk_row.topic), talk_row.tries)
        answer, after = _do(turn(before, asked), text, english, at)
        talk_row.step, talk_row.topic = after.step, after.topic
        talk_row.tries = after.tries
    talk_row.english = english
    talk_row.expires_at = at + OPEN_FOR
    talk_row.save()
    row.word = asked.word or ""
    _send(text, row, answer, english=english)


def _conversation(text: Text, at: datetime) -> Conversation:
    """Return the conversation with a phone, locked; one that went cold begins anew."""
    begin = {"step": Step.MENU, "topic": Topic.OTHER, "tries": 0, "english": False}
    phone = blind_index(text.sender, PHONE)
    Conversation.objects.get_or_create(
        phone_index=phone, defaults={**begin, "expires_at": at + OPEN_FOR}
    )
    row = Conversation.objects.select_for_update(no_key=True).get(phone_index=phone)
    if row.expires_at <= at:
        for field, value in begin.items():
            setattr(row, field, value)
    return row


def _do(next_: Turn, text: Text, english: bool, at: datetime) -> tuple[_Answer, Talk]:
    if next_.deed is Deed.LOOK_UP:
        return _looked_up(next_.said, english, at), next_.talk
    if next_.deed is Deed.FIND_PLACE:
        return _helped(next_, text, english, at)
    phone = Sealed.of(text.sender, PHONE)
    if next_.deed in ENDS:
        opt_out(phone=phone, through=text.channel, at=at, purpose=ENDS[next_.deed])
        heard_from(phone=phone, wants=False, at=at)
    elif next_.deed is Deed.END_SILENCE:
        opt_in(phone=phone)
        heard_from(phone=phone, wants=True, at=at)
    context = {}
    if next_.reply is Reply.HOW:
        context = {"link": settings.SITE_URL + DOORS[next_.talk.topic]}
    return _Answer(next_.reply, context), next_.talk


def _looked_up(said: str, english: bool, at: datetime) -> _Answer:
    """Answer about a code; it is sealed on its way back, as in any message."""
    code = read_code(said)
    case = case_by_code(code, at=at) if code else None
    if code is None or case is None:
        return _Answer(Reply.NO_CASE, {})
    context = {"link": settings.SITE_URL + CASE_DOOR}
    if case.due_on and case.due_on >= day(at):
        context["due_on"] = _said_day(case.due_on, english)
    return _Answer(Reply.CASE, context, secret=code)


def _said_day(on: date, english: bool) -> str:
    with override(_language(english)):
        return long_day(on)


def _language(english: bool) -> str:
    return "en" if english else "id"


def _helped(
    next_: Turn, text: Text, english: bool, at: datetime
) -> tuple[_Answer, Talk]:
    """Open work where somebody lives; the same words, whoever they are."""
    place = place_named(next_.said, phone=text.sender)
    if not place:
        unread = place_unread(next_.talk)
        if unread.reply is not Reply.OFFICE:
            return _Answer(unread.reply, {}), unread.talk
        # Whoever cannot be read is still called, if the village knows the number.
        place = place_named("", phone=text.sender)
        next_ = unread
    with as_job():  # whoever writes sees no request, not even their own
        due_on = ask_for_help(
            phone=Sealed.of(text.sender, PHONE),
            topic=next_.talk.topic,
            region_code=place,
            channel=text.channel,
            english=english,
            at=at,
        )
    return _Answer(next_.reply, {"due_on": _said_day(due_on, english)}), Talk()


def _send(text: Text, row: Received, answer: _Answer, *, english: bool) -> None:
    row.reply = answer.reply
    row.save(update_fields=["word", "reply"])
    # No wish: who writes is answered, also after STOP. The key names the text, so that
    # one text has one answer.
    name = f"{text.channel}:{text.gateway_id}"
    send(
        key=f"text:{blind_index(name, 'text').hex()}",
        to=Sealed.of(text.sender, PHONE),
        template=answer.reply,
        context=answer.context,
        secret=answer.secret,
        language=_language(english),
    )


def forget_old(*, at: datetime) -> int:
    """Forget texts and conversations that are over; return how many texts."""
    Conversation.objects.filter(expires_at__lte=at).delete()
    return Received.objects.filter(at__lt=at - KEPT_FOR).delete()[0]
