"""A browser that stands in a village office: its pages close by themselves.

The cookie names the village and nothing else; ``base.html`` renews every page of such a
browser after ``SECONDS`` by the address that forgets whoever was there.
"""

import re

from django.http import HttpRequest

COOKIE = "kiosk"
SECONDS = 120
VILLAGE = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}")


def village_of_kiosk(request: HttpRequest) -> str:
    """Return the village where this browser is a kiosk; empty when it is none."""
    code = request.COOKIES.get(COOKIE, "")
    return code if VILLAGE.fullmatch(code) else ""
