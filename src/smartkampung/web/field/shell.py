"""The field app as a phone keeps it: its page, its worker, its words.

Nothing here is about anybody: whoever opens the page without a vault sees an empty
room. So it is public, and may lie on the phone for as long as the app does.
"""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext

from smartkampung.web.core.headers import may_locate
from smartkampung.web.field.words import WORDS
from smartkampung.web.pages import public_page

SHELL = "/field/"
MODULES = [
    "main",
    "bytes",
    "dom",
    "faults",
    "fields",
    "form",
    "images",
    "layout",
    "line",
    "lock",
    "photos",
    "pin",
    "queue",
    "rescue",
    "screens",
    "state",
    "store",
    "sync",
    "vault",
    "words",
]
# Beside the modules; the style sheet is the one that every page has.
ASSETS = ("field/field.css", "field/icon-192.png", "icon.svg", "smartkampung.css")
WORKER = "field/worker.js"


@may_locate
@public_page()
def shell(request: HttpRequest) -> HttpResponse:
    """Show the page that the worker keeps; its script draws everything."""
    return render(request, "field/shell.html")


@public_page()
def worker(request: HttpRequest) -> HttpResponse:
    """Send the worker, with its version and what it is to keep in front of it."""
    what = json.dumps({"VERSION": version(), "FILES": files()})
    script = f"self.FIELD = {what};\n{_read(WORKER).decode()}"
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@public_page()
def words(request: HttpRequest) -> HttpResponse:
    """Send what the app says, in both languages at once: it has no network later."""
    return JsonResponse(_words())


@public_page()
def manifest(request: HttpRequest) -> HttpResponse:
    """Send what makes the page an app that can be installed."""
    icons = [
        {
            "src": static(f"field/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for size in (192, 512)
    ]
    what = {
        "name": gettext("Smart Kampung in the field"),
        "short_name": "Kampung",
        "lang": translation.get_language(),
        "id": SHELL,
        "start_url": SHELL,
        "scope": SHELL,
        "display": "standalone",
        "background_color": "#fbfaf6",
        "theme_color": "#084652",
        "icons": icons,
    }
    return JsonResponse(what, content_type="application/manifest+json")


def files() -> list[str]:
    """Return the addresses of everything that opens without a network.

    Modules keep their plain names, because they name each other so.
    """
    modules = [f"{settings.STATIC_URL}field/{name}.js" for name in MODULES]
    pages = [SHELL, "/field/words.json", "/field/manifest.json"]
    return [*pages, *modules, *map(static, ASSETS)]


@lru_cache(maxsize=1)
def version() -> str:
    """Return the fingerprint of all that the phone keeps; another is an upgrade."""
    digest = hashlib.sha256()
    for name in [*(f"field/{module}.js" for module in MODULES), *ASSETS, WORKER]:
        digest.update(_read(name))
    digest.update(json.dumps(_words()).encode())
    digest.update(render_to_string("field/shell.html").encode())
    return digest.hexdigest()[:12]


def _words() -> dict[str, dict[str, str]]:
    said: dict[str, dict[str, str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = {key: str(text) for key, text in WORDS.items()}
    return said


def _read(name: str) -> bytes:
    found: Any = finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    return Path(found).read_bytes()
