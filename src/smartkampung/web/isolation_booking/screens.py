"""What each screen of a booking asks, and says beside its question."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from smartkampung.intake.draft import Draft
from smartkampung.isolation.actions.looking import NoRoom, look
from smartkampung.isolation.booking.words import OBSTACLES
from smartkampung.isolation.rules.assessment import obstacles
from smartkampung.kernel.claim import Busy
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.carried import Carrier
from smartkampung.web.isolation_booking import guests, home
from smartkampung.web.isolation_booking.review import review_rows
from smartkampung.web.isolation_booking.wizard import FORM, Wizard
from smartkampung.web.moves import Moves
from smartkampung.web.report.forms import StepForm
from smartkampung.web.steps import REVIEW

TITLES: dict[str, Promise] = {
    "when": _("When do you arrive?"),
    "province": _("From which province do you come?"),
    "origin": _("From which regency or city?"),
    "entry": _("How do you come in?"),
    "kecamatan": _("To which kecamatan do you come home?"),
    "village": _("To which desa or kelurahan?"),
    "rt": _("To which RT?"),
    "people": _("How many people come together?"),
    "needs": _("What must the place have?"),
    "home": _("What is it like at home?"),
    "setting": _("Where do you want to isolate?"),
    "address": _("Where is the home?"),
    "house": _("Which house?"),
    "phone": _("Where may we send news?"),
    REVIEW: _("Is everything right?"),
}


class _Booking(Moves):
    wizard = Wizard
    carrier = Carrier(form=FORM, start="booking:form", cookie="booking")
    urls, pages = "booking", "isolation_booking"

    def title(self, step: str, wizard: Wizard) -> str | Promise:
        if step.startswith(guests.STEP):
            number = step.removeprefix(guests.STEP)
            return _now("Who is person %(number)s?") % {"number": number}
        return TITLES[step]

    def rows(self, wizard: Wizard) -> Any:
        return review_rows(wizard)

    def told(self, step: str, wizard: Wizard, form: StepForm) -> dict[str, Any]:
        if not isinstance(form, home.HouseForm):
            return {}
        against = obstacles(home.home_of(wizard.flat))
        return {
            "full": not form.offers,
            "as_of": now(),
            "obstacles": [OBSTACLES[obstacle] for obstacle in against],
        }

    def wrong(self, wizard: Wizard) -> str | None:
        # Whoever is late is told so before fourteen screens are judged.
        asked = wizard.asked()
        if asked is not None:
            look(asked, key=str(wizard.draft.form_id))
        return wizard.first_wrong()

    def refused(
        self, request: HttpRequest, draft: Draft, refusal: Refused, at: datetime
    ) -> HttpResponse:
        if isinstance(refusal, NoRoom):
            return self._full(request, draft, refusal)
        status = 429 if isinstance(refusal, Busy) else 409
        return self.show(request, draft, REVIEW, notice=refusal.message, status=status)

    def _full(
        self, request: HttpRequest, draft: Draft, refusal: NoRoom
    ) -> HttpResponse:
        """Say that a house filled up meanwhile, with the others that it names."""
        form = Wizard(draft).form("house")
        assert isinstance(form, home.HouseForm)
        form.offer(
            refusal.alternatives, full=draft.answers.get("house", {}).get("house", "")
        )
        return self.show(
            request, draft, "house", form=form, notice=refusal.message, status=409
        )


MOVES = _Booking()
