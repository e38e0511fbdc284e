"""The conversation that a text goes on with: what is answered, what is asked next. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from smartkampung.frontline.texting.rules.reading import Asked, Word

OPEN_FOR = timedelta(minutes=30)
MOST_TRIES = 2


class Topic(StrEnum):
    """What somebody wants help with."""

    REPORT = "report"
    ISOLATION = "isolation"
    LETTER = "letter"
    OTHER = "other"


class Step(StrEnum):
    """What the last answer asked for."""

    MENU = "menu"  # one of the words, or its number
    HOW = "how"  # by oneself, or with somebody's help
    WHERE = "where"  # the village where one lives
    CODE = "code"  # the code of a case


class Reply(StrEnum):
    """What is answered; each is a template of ``notify``."""

    MENU = "text_menu"
    HOW = "text_how"
    WHERE = "text_where"
    WHICH = "text_which"
    NOTED = "text_noted"
    OFFICE = "text_office"
    ASK_CODE = "text_ask_code"
    CASE = "text_case"
    NO_CASE = "text_no_case"
    STOPPED = "text_stopped"
    STOPPED_ALL = "text_stopped_all"
    STARTED = "text_started"
    NO_NUMBER = "text_no_number"
    ENOUGH = "text_enough"
    URGENT = "text_urgent"


class Deed(StrEnum):
    """What has to be done before anything can be answered."""

    ANSWER = "answer"  # nothing but the answer
    LOOK_UP = "look_up"  # the code that was sent
    FIND_PLACE = "find_place"  # the village that was named
    SILENCE = "silence"  # no more news of the area
    SILENCE_ALL = "silence_all"  # nothing that was not asked for
    END_SILENCE = "end_silence"


@dataclass(frozen=True)
class Talk:
    """Where a conversation stands."""

    step: Step = Step.MENU
    topic: Topic = Topic.OTHER
    tries: int = 0


@dataclass(frozen=True)
class Turn:
    """What comes next: a deed, what is answered, and where the conversation stands."""

    deed: Deed
    reply: Reply
    talk: Talk
    said: str = ""


TOPICS = {
    Word.REPORT: Topic.REPORT,
    Word.ISOLATION: Topic.ISOLATION,
    Word.LETTER: Topic.LETTER,
}
# The numbers of the menu, in the order in which it names the words.
NUMBERED = {
    "1": Word.REPORT,
    "2": Word.FOLLOW,
    "3": Word.ISOLATION,
    "4": Word.LETTER,
}
EVERYTHING = frozenset({"semua", "semuanya", "all", "everything"})
# "2" stood in older messages; a word means the same also when the talk went cold.
WITH_HELP = frozenset({"2", "bantu", "dibantu", "minta", "rt", "ya"})


def turn(talk: Talk, asked: Asked) -> Turn:
    """Return what comes next in a conversation when somebody says something.

    A word of the menu begins anew, whatever was asked before; the same for everybody,
    whether their number is known or not.
    """
    if asked.word is Word.URGENT:
        return Turn(Deed.ANSWER, Reply.URGENT, talk)
    if asked.word is not None:
        return _by_word(asked.word, asked.rest, talk)
    said = asked.rest.strip()
    if talk.step == Step.MENU:
        known = NUMBERED.get(said.strip(".) "))
        return _by_word(known, "", talk) if known else _menu()
    if talk.step == Step.HOW:
        words = set(said.lower().replace(".", " ").split())
        return _where(talk) if words & WITH_HELP else _how(talk.topic)
    if talk.step == Step.WHERE:
        return Turn(Deed.FIND_PLACE, Reply.NOTED, talk, said)
    return Turn(Deed.LOOK_UP, Reply.CASE, Talk(), said)


def place_unread(talk: Talk) -> Turn:
    """Return what comes next when a village was named that nobody knows.

    The second time, the conversation ends at the village office.
    """
    tries = talk.tries + 1
    if tries >= MOST_TRIES:
        return Turn(Deed.ANSWER, Reply.OFFICE, Talk(topic=talk.topic))
    return Turn(Deed.ANSWER, Reply.WHICH, Talk(Step.WHERE, talk.topic, tries))


def _by_word(word: Word, rest: str, talk: Talk) -> Turn:
    if word is Word.CALL:
        return _where(talk)
    if word is Word.STOP:
        return stop(rest)
    if word is Word.START:
        return Turn(Deed.END_SILENCE, Reply.STARTED, Talk())
    if word is Word.FOLLOW:
        if not rest:
            return Turn(Deed.ANSWER, Reply.ASK_CODE, Talk(Step.CODE))
        return Turn(Deed.LOOK_UP, Reply.CASE, Talk(), rest)
    topic = TOPICS.get(word)
    return _how(topic) if topic else _menu()


def stop(rest: str) -> Turn:
    """Return what STOP ends: news of the area, or everything where it says so."""
    if set(rest.lower().replace(".", " ").split()[:1]) & EVERYTHING:
        return Turn(Deed.SILENCE_ALL, Reply.STOPPED_ALL, Talk())
    return Turn(Deed.SILENCE, Reply.STOPPED, Talk())


def _menu() -> Turn:
    return Turn(Deed.ANSWER, Reply.MENU, Talk())


def _how(topic: Topic) -> Turn:
    return Turn(Deed.ANSWER, Reply.HOW, Talk(Step.HOW, topic))


def _where(talk: Talk) -> Turn:
    return Turn(Deed.ANSWER, Reply.WHERE, Talk(Step.WHERE, talk.topic))
