"""The language switch: one button, no script, back to the same page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
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
