"""What each screen of the report form asks, and what stands instead of the form."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.actions.report import ReportingClosed, TooManyForPerson
from smartkampung.intake.actions.quota import QuotaUsedUp
from smartkampung.intake.draft import Draft
from smartkampung.kernel.errors import Refused
from smartkampung.web.carried import Carrier
from smartkampung.web.moves import Moves
from smartkampung.web.report.review import review_rows
from smartkampung.web.report.wizard import FORM, PHOTO, Wizard, too_long
from smartkampung.web.steps import REVIEW

TITLES: dict[str, Promise] = {
    "who": _("Who is the report for?"),
    "card": _("What is on the KTP and the family card of that person?"),
    "phone": _("Where may we send news?"),
    "kecamatan": _("In which kecamatan does the person live?"),
    "village": _("In which desa or kelurahan?"),
    "rt": _("In which RT?"),
    "reason": _("What happened?"),
    "photo": _("Do you have a photo?"),
    REVIEW: _("Is everything right?"),
}
# Asked of people who report themselves.
OWN_TITLES: dict[str, Promise] = {
    "card": _("What is on your KTP and family card?"),
    "kecamatan": _("In which kecamatan do you live?"),
}
NOTES: dict[str, Promise] = {
    "kept": _("This form lay open for a long time. Your answers are still here."),
    "again": _(
        "This form was open too long, so for your safety we closed it. Please begin "
        "again; it takes about three minutes."
    ),
}
TOMORROW = (QuotaUsedUp, TooManyForPerson)


class _Report(Moves):
    wizard = Wizard
    carrier = Carrier(form=FORM, start="report:form", cookie="report")
    urls = pages = "report"
    photo = PHOTO
    notes = NOTES

    def title(self, step: str, wizard: Wizard) -> Promise:
        own = OWN_TITLES if wizard.flat.get("for_self") == "yes" else {}
        return own.get(step, TITLES[step])

    def rows(self, wizard: Wizard) -> Any:
        return review_rows(wizard)

    def is_judged_anew(self, step: str) -> bool:
        return step == PHOTO

    def go(
        self, request: HttpRequest, draft: Draft, step: str, to: str
    ) -> HttpResponse:
        if step == PHOTO:  # whoever goes back does not send the chosen file
            return self.lead(request, draft, Wizard(draft).fitting(to))
        return super().go(request, draft, step, to)

    def take(
        self, request: HttpRequest, draft: Draft, step: str, at: datetime
    ) -> HttpResponse:
        wizard = Wizard(draft)
        if step in wizard.order and too_long(wizard.typed(step, request.POST)):
            form = wizard.form(step, request.POST, request.FILES)
            return self.show(request, draft, step, form=form)
        return super().take(request, draft, step, at)

    def refused(
        self, request: HttpRequest, draft: Draft, refusal: Refused, at: datetime
    ) -> HttpResponse:
        if isinstance(refusal, ReportingClosed):
            return closed(request, refusal.opens_at, status=409)
        status = 429 if isinstance(refusal, TOMORROW) else 409
        response = self.show(
            request, draft, REVIEW, notice=str(refusal.message), status=status
        )
        if isinstance(refusal, TOMORROW):
            tomorrow = (at + timedelta(days=1)).replace(hour=0, minute=0, second=0)
            response["Retry-After"] = str(int((tomorrow - at).total_seconds()))
        return response


MOVES = _Report()


def closed(
    request: HttpRequest, opens_at: datetime | None, status: int = 200
) -> HttpResponse:
    """Say when the door opens again, and who helps until then."""
    return render(request, "report/closed.html", {"opens_at": opens_at}, status=status)
