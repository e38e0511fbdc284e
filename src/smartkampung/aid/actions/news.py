"""Tell the phone recorded for a family that there is news."""

from django.utils.translation import override

from smartkampung.aid.models import Batch, Claim
from smartkampung.kernel.wording import long_day
from smartkampung.notify.actions import send


def tell_family(*, claim: Claim, key: str) -> None:
    """Send "there is news", and no more than that; nothing where no phone is known."""
    person = claim.person
    if person is not None:
        send(
            key=key,
            to=person.family.phone,
            template="news",
            language=person.family.language,
        )


def tell_batch(*, batch_id: int) -> None:
    """Tell every family of a batch the day and the place, each once."""
    batch = Batch.objects.get(pk=batch_id)
    for due in batch.dues.filter(cancelled=False).select_related("family"):
        language = due.family.language
        with override(language):
            day = long_day(batch.hand_over_on)
        send(
            key=f"aid.collect:{batch.pk}:{due.pk}",
            to=due.family.phone,
            template="collect",
            context={"due_on": day, "place": batch.place},
            language=language,
        )
