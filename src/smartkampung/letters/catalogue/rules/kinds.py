"""A kind of letter as data: what it is for, what it asks, what it says, who signs."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

LANGUAGES = ("id", "en")
ADULT = 17  # years from which on one goes about one's own letters


class Both(NamedTuple):
    """The same words in both languages; English may be missing where unused."""

    id: str
    en: str = ""

    def of(self, lang: str) -> str:
        """Return the words of a language, in Indonesian where there are no others."""
        return (self.en if lang.startswith("en") else self.id) or self.id


NO_WORDS = Both("")


class Group(StrEnum):
    """Under which heading residents look for a letter."""

    WELFARE = "welfare"
    RESIDENCE = "residence"
    FAMILY = "family"
    WORK = "work"
    POLICE = "police"
    LAND = "land"
    OTHER = "other"


class Step(StrEnum):
    """What is done with a request, in this order."""

    CONFIRM = "confirm"  # the RT knows it is so
    CHECK = "check"  # the village officer compares it with the registry
    REVIEW = "review"  # a second officer reads it
    SIGN = "sign"
    COSIGN = "cosign"  # the kecamatan


class Subject(StrEnum):
    """Whom a letter may be about, seen from whoever asks."""

    SELF = "self"
    CHILD = "child"  # of the own card, under 17
    FAMILY = "family"
    DECEASED = "deceased"


class Feed(StrEnum):
    """The life event that a signed letter opens."""

    NOTHING = ""
    BIRTH = "birth"
    DEATH = "death"
    MOVING = "moving"


class AskedType(StrEnum):
    """What kind of answer is asked for."""

    TEXT = "text"
    LONG = "long"  # several lines
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"  # whole rupiah
    CHOICE = "choice"
    RESIDENT = "resident"  # one of the family, by NIK
    RESIDENTS = "residents"  # several of the family


# Questions that are answered by choosing people of the card.
PEOPLE = frozenset({AskedType.RESIDENT, AskedType.RESIDENTS})


class When(StrEnum):
    """Where a date may lie, seen from the day on which it is answered."""

    ANY = ""
    PAST = "past"  # what has happened: not after today
    AHEAD = "ahead"  # what is planned: not before today


class Choice(NamedTuple):
    """One answer among several."""

    code: str
    words: Both


@dataclass(frozen=True)
class Asked:
    """A question whose answer the registry does not know."""

    name: str
    type: AskedType
    label: Both
    help: Both = NO_WORDS
    required: bool = True
    choices: tuple[Choice, ...] = ()
    most: int = 0  # signs of a text, highest number; 0 is the limit of the type
    when: When = When.ANY
    after: str = ""  # the question whose date this one does not precede
    unless: str = ""  # the question whose answer makes this one needless


@dataclass(frozen=True)
class Requirement:
    """A paper to show; ``upload`` when a photo of it is handed in with the request."""

    code: str
    words: Both
    upload: bool = False
    required: bool = True


@dataclass(frozen=True)
class Who:
    """Whom a letter may be about. ``marital`` are codes of the civil registry."""

    subjects: tuple[Subject, ...] = (Subject.SELF,)
    least_age: int | None = None
    most_age: int | None = None
    marital: tuple[int, ...] = ()
    sex: str = ""
    on_record: bool = False  # who died is dead in the registry, too


@dataclass(frozen=True)
class Kind:
    """Everything about one kind of letter.

    What is ``legal`` decides about property, family or status: places below may ask
    more of it, never less, and its words are confirmed one level up.
    """

    code: str
    series: str  # kode surat, such as 401
    group: Group
    title: Both
    about: Both
    valid_days: int
    steps: tuple[Step, ...]
    who: Who
    bodies: dict[str, str]  # language -> markup
    requirements: tuple[Requirement, ...] = ()
    asked: tuple[Asked, ...] = ()
    abroad: bool = False
    feeds: Feed = Feed.NOTHING
    offered: bool = True
    legal: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages in which it can be written."""
        return tuple(lang for lang in LANGUAGES if self.bodies.get(lang))

    def asks(self, name: str) -> Asked | None:
        """Return a question by its name."""
        return next((one for one in self.asked if one.name == name), None)


def concerns(who: Who, *, is_self: bool, age: int | None) -> bool:
    """Say whether somebody may ask for a letter about themself, or one of their card.

    Whose age the registry does not know may be a child: the village officer looks.
    """
    if is_self:
        return Subject.SELF in who.subjects
    child = age is None or age < ADULT
    wanted = {Subject.FAMILY, Subject.DECEASED, *([Subject.CHILD] if child else [])}
    return bool(wanted & set(who.subjects))


class Unfit(StrEnum):
    """Why a letter cannot be about somebody."""

    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    MARITAL = "marital"
    SEX = "sex"
    DEAD = "dead"
    LIVING = "living"


def unfit(
    who: Who, *, age: int | None, marital: int | None, sex: str, living: bool
) -> list[Unfit]:
    """Return every reason why a letter cannot be about somebody.

    What the registry does not know is no reason: the village officer looks.
    """
    reasons = []
    if age is not None and who.least_age is not None and age < who.least_age:
        reasons.append(Unfit.TOO_YOUNG)
    if age is not None and who.most_age is not None and age > who.most_age:
        reasons.append(Unfit.TOO_OLD)
    if who.marital and marital is not None and marital not in who.marital:
        reasons.append(Unfit.MARITAL)
    if who.sex and sex != who.sex:
        reasons.append(Unfit.SEX)
    return reasons + _of_life(who, living=living)


def _of_life(who: Who, *, living: bool) -> list[Unfit]:
    # Whoever died may still stand as living in the registry: the letter of death
    # comes before the event that it feeds.
    if not living and Subject.DECEASED not in who.subjects:
        return [Unfit.DEAD]
    return [Unfit.LIVING] if living and who.on_record else []
