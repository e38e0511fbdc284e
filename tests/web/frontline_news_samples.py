"""Sample arguments of announcements and broadcasts (``tests/web/samples.py`` says how)."""

from collections.abc import Callable

from django.db.models import Model

from smartkampung.frontline.voice.models import (
    Announcement,
    Attachment,
    Broadcast,
    Task,
)
from smartkampung.kernel.clock import now
from tests.cast import HERE, RT_HERE
from tests.web.sampling import Sample

WORDS = "Balai desa dipakai untuk timbang balita."


def an_announcement(*, public: bool = False) -> Announcement:
    """Make an announcement to everybody here."""
    return Announcement.objects.create(
        title="Timbang balita",
        body=WORDS if not public else "Kantor tutup.",
        region_code=RT_HERE,
        roles=[],
        asks="acknowledge",
        public=public,
        by="kadek",
        at=now(),
    )


def a_file(*, public: bool = False) -> Attachment:
    """Make a file of an announcement; nothing of it is on the disk."""
    return Attachment.objects.create(
        announcement=an_announcement(public=public),
        kind="pdf",
        name="a.pdf",
        path="00/none.pdf",
        bytes=1,
        at=now(),
    )


def a_broadcast() -> Broadcast:
    """Make a broadcast that waits for a second person."""
    return Broadcast.objects.create(
        announcement=an_announcement(public=True),
        wording="broadcast_news",
        region_code=RT_HERE,
        purse=HERE,
        families=300,
        parts=1,
        cost=105_000,
        large=True,
        state="waiting",
        by="kadek",
        at=now(),
    )


def a_task() -> Task:
    """Ask the RT head here for something."""
    return Task.objects.create(
        announcement=an_announcement(),
        role="rt_head",
        place=RT_HERE,
        region_code=RT_HERE,
    )


def _one(kind: Callable[[], Model], *, bound: bool = True) -> Sample:
    return Sample(lambda _: {"pk": kind().pk}, bound=bound, words=(WORDS,))


def _file_of(row: Attachment) -> dict[str, int]:
    return {"pk": row.announcement_id, "file_id": row.pk}


# Not every office is spoken to; to whom it is not said, it is missing.
SAID = Sample(
    lambda _: {"pk": an_announcement().pk},
    bound=True,
    words=(WORDS,),
    may_be_missing=True,
)
NEWS: dict[str, Sample] = {
    "news:read": SAID,
    "news:acknowledge": SAID,
    "news:file": Sample(lambda _: _file_of(a_file()), bound=True, may_be_missing=True),
    "news:task": Sample(
        lambda _: {"pk": a_task().pk}, bound=True, words=(WORDS,), may_be_missing=True
    ),
    "news:readers": _one(an_announcement),
    "news:withdraw": _one(an_announcement),
    "news:call_off": _one(an_announcement),
    "news:send": _one(an_announcement),
    "news:decide_broadcast": _one(a_broadcast),
    "news_public:one": Sample(lambda _: {"pk": an_announcement(public=True).pk}),
    "news_public:file": Sample(
        lambda _: _file_of(a_file(public=True)), may_be_missing=True
    ),
}
