"""The first page of the regency."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from smartkampung.aid.queries.figures import published_figures
from smartkampung.aid.queries.offers import offers
from smartkampung.aid.queries.phases import reporting_window
from smartkampung.kernel.clock import now
from smartkampung.web.pages import public_page
from smartkampung.web.tracking.forms import CodeForm


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    """Show what the regency offers and where to begin."""
    at = now()
    shown = {
        "window": reporting_window(at=at),
        "form": CodeForm(),
        "figures": published_figures(),
        "offers": offers(at.date()),
        "steps": way_of_a_report(),
    }
    return render(request, "home.html", shown)


def way_of_a_report() -> list[dict[str, str]]:
    """Return how a report goes, for somebody who has not sent one yet."""
    return [
        {
            "state": "now",
            "title": _("You report"),
            "note": _("About three minutes, without an account. You get a code."),
        },
        {
            "state": "next",
            "title": _("The village visits the house"),
            "when": _("within 3 days"),
            "note": _("An officer asks about the family's situation."),
        },
        {
            "state": "next",
            "title": _("The kecamatan decides"),
            "when": _("within 5 days"),
            "note": _("With every reason. You may object."),
        },
        {
            "state": "next",
            "title": _("Aid is handed over"),
            "when": _("at most 7 days after your report"),
            "note": _(
                "You confirm with a code of your own, so nobody can keep a part."
            ),
        },
    ]
