"""Tell a few officers by a message that something waits for them."""

from collections.abc import Iterable

from django.conf import settings

from smartkampung.accounts.actor import Actor
from smartkampung.kernel.later import later
from smartkampung.regions.codes import village_of


def tell_somebody(
    staff: Iterable[int], *, template: str, about: str, page: str, by: Actor
) -> None:
    """Promise a message with the link to a page; paid by the area of who asks.

    The same ``about`` reaches each of them once.
    """
    places = [region for post in by.posts for region in post.regions]
    later(
        "voice.tell_some",
        staff=sorted(staff),
        template=template,
        about=about,
        link=f"{settings.SITE_URL}{page}",
        purse=village_of(min(places, key=len)),
    )
