"""Public pages may be kept for a moment, and asked for again without being sent."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
)

View = Callable[..., HttpResponse]


def kept_for(seconds: int) -> Callable[[View], View]:
    """Let browsers keep a page so long, and anybody's cache what no cookie asked for.

    Afterwards its print says whether it changed: if not, it is not sent again. A page
    in another language is another page.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: object, **more: object) -> HttpResponse:
            response = view(request, *args, **more)
            if response.status_code != 200:
                return response
            patch_vary_headers(response, ["Cookie", "Accept-Language"])
            shared = {"private": True} if request.COOKIES else {"public": True}
            patch_cache_control(response, max_age=seconds, **shared)
            etag = f'"{sha256(response.content).hexdigest()[:32]}"'
            response["ETag"] = etag
            same = get_conditional_response(request, etag=etag, response=response)
            return same or response

        return page

    return decorate
