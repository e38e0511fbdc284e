"""What nobody must agree to, and what holds until a family says something. Pure."""

from enum import StrEnum


class Purpose(StrEnum):
    """Uses of a family's data that rest on its consent alone.

    Everything else rests on law or on what the person asked for: the registry, aid,
    codes that prove who is asking, the proof of a hand-over.
    """

    NEWS_MESSAGES = "news_messages"
    HOUSE_PHOTOS = "house_photos"
    AREA_NEWS = "area_news"


# A phone is left with the village to be called, and a photo is sent by choice: both
# are consent, until it is withdrawn. News that is not about the family is not what it
# left its phone for: it says yes first.
UNTIL_SAID: dict[Purpose, bool] = {
    Purpose.NEWS_MESSAGES: True,
    Purpose.HOUSE_PHOTOS: True,
    Purpose.AREA_NEWS: False,
}


# What is sent to a phone: a STOP from it ends these.
BY_PHONE = frozenset({Purpose.NEWS_MESSAGES, Purpose.AREA_NEWS})


def wish(purpose: Purpose, family_id: int) -> str:
    """Return the name under which messages of a purpose go to a family."""
    return f"{purpose}:family:{family_id}"
