"""Tell families that there is news about their place on a list."""

from smartkampung.aid.actions.news import news_wish
from smartkampung.aid.cycles.models import Proposal
from smartkampung.aid.cycles.rules.proposals import ProposalState
from smartkampung.notify.actions import send

TOLD = (ProposalState.ENROLLED, ProposalState.WAITING, ProposalState.EXCLUDED)


def tell_proposed(*, list_id: int) -> None:
    """Send "there is news", and no more than that, to everybody on a list."""
    rows = Proposal.objects.filter(
        village_list=list_id, state__in=TOLD, family__phone_index__isnull=False
    )
    for row in rows.select_related("family").order_by("pk"):
        send(
            key=f"aid.list_approved:{list_id}:{row.pk}",
            to=row.family.phone,
            template="news",
            language=row.family.language,
            wish=news_wish(row.family_id),
        )
