"""The language switch: one button, no script, back to the same page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from smartkampung.web.pages import public_page

YEAR = 365 * 24 * 3600


# Exempt, so that a page without a form needs no cookie: the worst a forger reaches
# is a page in the other language. By POST, so that no tracking code enters a query
# string (they would reach the logs).
@csrf_exempt
@public_page("POST")
def language(request: HttpRequest) -> HttpResponseRedirect:
    """Remember the chosen language and return to where the person was."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = HttpResponseRedirect(target)
    remember(response, request.POST.get("language", ""))
    return response


def changed_in_a_form(request: HttpRequest) -> str:
    """Return the language that was chosen in the middle of a form; nothing if none.

    From then on this request speaks it; give it to ``spoken`` with the answer.
    """
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return ""
    translation.activate(chosen)
    return chosen


def spoken(response: HttpResponse, chosen: str) -> HttpResponse:
    """Return an answer in a chosen language, which the browser keeps."""
    response["Content-Language"] = chosen
    remember(response, chosen)
    return response


def remember(response: HttpResponseBase, chosen: str) -> None:
    """Keep a chosen language in a cookie; one that we do not speak changes nothing."""
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=YEAR,
            httponly=True,
            secure=settings.HTTPS,
            samesite="Lax",
        )
