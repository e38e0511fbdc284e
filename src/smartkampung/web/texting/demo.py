"""A phone to try texts with. It exists in the demo only, and really posts them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from smartkampung.demo.cast import playable
from smartkampung.frontline.texting.queries.demo import answers_to
from smartkampung.frontline.texting.simulator import GatewayDown, hand_over
from smartkampung.residents.rules.phones import read_phone
from smartkampung.web.pages import public_page
from smartkampung.web.texting.forms import PhoneForm

NOBODYS = "+6284999000000"


@public_page("GET", "HEAD", "POST")
def phone(request: HttpRequest) -> HttpResponse:
    """Show a phone of the demo: what it writes goes through the gateway's own door."""
    if not settings.DEMO:
        raise Http404
    phones = _phones()
    given = request.POST if request.method == "POST" else None
    form = PhoneForm(given, phones=phones)
    chosen, said = phones[0][0], ""
    if form.is_valid():
        chosen, said = form.cleaned_data["phone"], form.cleaned_data["text"]
        try:
            hand_over(said=said, sender=chosen)
        except GatewayDown as refusal:
            form.add_error(None, _("The text did not arrive: %s.") % refusal.message)
    context = {
        "form": form,
        "said": said,
        "answers": answers_to(chosen) if given else [],
    }
    return render(request, "texting/phone.html", context)


def _phones() -> list[tuple[str, str]]:
    known = [(read_phone(one.phone), one.name) for one in playable() if one.phone]
    return [*known, (NOBODYS, _("A number that nobody knows"))]
