"""Where a conversation goes on from each of its steps."""

import pytest

from smartkampung.frontline.texting.rules.menu import (
    Deed,
    Reply,
    Step,
    Talk,
    Topic,
    place_unread,
    turn,
)
from smartkampung.frontline.texting.rules.reading import read

START = Talk()
HOW = Talk(Step.HOW, Topic.LETTER)
WHERE = Talk(Step.WHERE, Topic.REPORT)
CODE = Talk(Step.CODE)


@pytest.mark.parametrize(
    ("talk", "said", "reply", "step"),
    [
        (START, "halo", Reply.MENU, Step.MENU),
        (START, "bantuan", Reply.MENU, Step.MENU),
        (START, "1", Reply.HOW, Step.HOW),
        (START, "2.", Reply.ASK_CODE, Step.CODE),
        (START, "lapor", Reply.HOW, Step.HOW),
        (START, "cek", Reply.ASK_CODE, Step.CODE),
        (HOW, "2", Reply.WHERE, Step.WHERE),
        (HOW, "ya, minta dibantu", Reply.WHERE, Step.WHERE),
        (HOW, "telepon", Reply.WHERE, Step.WHERE),
        # hours later, too: a number would mean something else by then
        (START, "TELEPON", Reply.WHERE, Step.WHERE),
        # to a villager it is aid, and nobody who asks for it is asked where they live
        (HOW, "bantuan", Reply.MENU, Step.MENU),
        # danger is answered first, and the talk goes on
        (START, "tolong banjir", Reply.URGENT, Step.MENU),
        (HOW, "anak saya sakit panas tolong", Reply.URGENT, Step.HOW),
        (WHERE, "darurat", Reply.URGENT, Step.WHERE),
        (HOW, "apa?", Reply.HOW, Step.HOW),
        # a word of the menu begins anew
        (WHERE, "isolasi", Reply.HOW, Step.HOW),
        (CODE, "menu", Reply.MENU, Step.MENU),
    ],
)
def test_what_is_answered(talk: Talk, said: str, reply: Reply, step: Step) -> None:
    next_ = turn(talk, read(said))
    assert (next_.deed, next_.reply, next_.talk.step) == (Deed.ANSWER, reply, step)


@pytest.mark.parametrize(
    ("talk", "said", "deed"),
    [
        (START, "cek K7QF-2M9X-TB4C", Deed.LOOK_UP),
        (CODE, "K7QF-2M9X-TB4C", Deed.LOOK_UP),
        (WHERE, "Sumberwangi Lereng", Deed.FIND_PLACE),
        (START, "stop", Deed.SILENCE),
        (WHERE, "berhenti", Deed.SILENCE),
        (START, "stop semua", Deed.SILENCE_ALL),
        (START, "stop semarang", Deed.SILENCE),
        (START, "mulai", Deed.END_SILENCE),
    ],
)
def test_what_is_done_first(talk: Talk, said: str, deed: Deed) -> None:
    assert turn(talk, read(said)).deed is deed


def test_the_topic_goes_along() -> None:
    assert turn(START, read("surat")).talk.topic is Topic.LETTER
    assert turn(HOW, read("2")).talk.topic is Topic.LETTER


def test_a_place_that_nobody_knows_is_asked_for_once_more() -> None:
    again = place_unread(WHERE)
    assert (again.reply, again.talk.step) == (Reply.WHICH, Step.WHERE)
    last = place_unread(again.talk)
    assert (last.reply, last.talk.step) == (Reply.OFFICE, Step.MENU)
    assert last.talk.topic is Topic.REPORT
