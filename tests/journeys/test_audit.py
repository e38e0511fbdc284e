"""The eyes that look at every page see what is wrong with one."""

import pytest

from tests.journeys.audit import problems
from tests.journeys.conftest import Look

BAD = """<!doctype html><html lang="id"><head><title>Buruk</title></head><body><main>
<h1>Buruk</h1><h1>Dua kali</h1><img src="data:,"><p style="color:#999">Pudar</p>
<button style="width:20px;height:20px">x</button><p style="width:400px">Lebar</p>
</main></body></html>"""


@pytest.mark.slow
def test_what_is_wrong_is_found_in_every_look(look: Look) -> None:
    page = look()
    page.goto("/healthz")
    page.evaluate("html => document.documentElement.innerHTML = html", BAD)
    found = "\n".join(problems(page))
    for wrong in (
        *("at 1100 px, light: image-alt", "at 1100 px, light: color-contrast"),
        *("at 360 px, dark: color-contrast", "too small for a finger"),
        *("scrolls sideways at 320 px", "has 2 first headings"),
    ):
        assert wrong in found
