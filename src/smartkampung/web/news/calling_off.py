"""A warning was withdrawn: tell the phones that got it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.frontline.voice.actions.calling_off import call_off as tell
from smartkampung.frontline.voice.queries.announcements import spoken_for
from smartkampung.frontline.voice.queries.broadcasts import warned_by
from smartkampung.frontline.voice.queries.counting import priced
from smartkampung.frontline.voice.rules.broadcasting import Wording
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import rupiah
from smartkampung.web.news import present
from smartkampung.web.pages import StaffRequest, staff_page


@staff_page(Permission.ANNOUNCE, "GET", "POST")
def call_off(request: StaffRequest, pk: int) -> HttpResponse:
    """Show how many phones got the warning, and tell them that it is over."""
    row = spoken_for(request.actor, pk)
    status, error = 200, ""
    if request.method == "POST":
        try:
            tell(announcement=row, by=request.actor, at=now())
        except Refused as refusal:
            status, error = 409, str(refusal.message)
        else:
            messages.success(request, _("The phones that were warned are told."), "ok")
            return redirect("news:read", row.pk)
    counted = [
        priced(
            one.phones,
            wording=Wording.CALLED_OFF,
            region_code=one.warning.region_code,
            announcement_id=row.pk,
            due_on=None,
            tongue=one.warning.tongue,
        )
        for one in warned_by(row)
    ]
    context = {
        "row": row,
        "told": present.announcement(row),
        "error": error,
        "phones": sum(one.families for one in counted),
        "cost": rupiah(sum(one.cost for one in counted)),
        "texts": [text for one in counted for text in one.texts.values()],
    }
    return render(request, "news/call_off.html", context, status=status)
