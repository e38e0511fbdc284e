"""The eyes that look at every page see what is wrong with one."""

import pytest
from playwright.sync_api import Page

from tests.journeys.audit import SECOND_LOOK, problems
from tests.journeys.conftest import Look

BAD = """<!doctype html><html lang="id"><head><title>Buruk</title></head><body><main>
<h1>Buruk</h1><h1>Dua kali</h1><img src="data:,"><p style="color:#999">Pudar</p>
<button style="width:20px;height:20px">x</button>
<h2 style="width:2em;overflow-wrap:anywhere">mendesak</h2><p style="width:400px">Lebar</p>
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
        "a word is broken",
    ):
        assert wrong in found


def show(page: Page, html: str) -> None:
    page.evaluate("html => document.documentElement.innerHTML = html", html)
    page.evaluate("document.documentElement.lang = 'id'")


FINE = """<!doctype html><html lang="id"><head><title>Baik</title>
<style>body {background: #fff; color: #000} .late {color: #777}
@media (prefers-color-scheme: dark) {body {background: #000; color: #fff}
%s}</style></head><body><main><h1>Baik</h1><p%s>Jelas</p></main></body></html>"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rule", "where"),
    [
        pytest.param("p {color: #333}", "360 px, dark", id="dark"),
        pytest.param(
            "p {color: #fff} .late {color: #fff}", "1100 px, light", id="light"
        ),
        pytest.param("p {background: #888}", "360 px, dark", id="ground"),
        pytest.param("p {opacity: .3}", "360 px, dark", id="see-through"),
    ],
)
def test_a_colour_that_is_new_is_judged_though_all_before_were_good(
    look: Look, rule: str, where: str
) -> None:
    page = look()
    page.goto("/healthz")
    show(page, FINE % ("", ""))
    assert problems(page) == problems(page) == []
    late = ' class="late"' if "late" in rule else ""
    show(page, FINE % (rule, late))
    for _again in range(2):
        assert f"{where}: color-contrast" in "\n".join(problems(page))


NAMELESS = """<html><head><title> </title></head><body><main><h1>Baik</h1>
<a href="/1"><svg></svg></a> <button class="btn">  </button> <input name="two">
<label> <select></select></label> <img src="data:,">
<a href="/3" aria-label="Tiga"></a> <a href="/4"><img src="data:," alt="Empat"></a>
<label>Lima <input name="five"></label> <button hidden></button>
<img src="data:," alt=""></main></body></html>"""


@pytest.mark.slow
def test_what_has_no_name_in_the_second_language_is_found(look: Look) -> None:
    page = look()
    page.goto("/healthz")
    show(page, NAMELESS)
    page.evaluate("document.documentElement.lang = ''")
    found = [text for text in problems(page, SECOND_LOOK) if "small for" not in text]
    said = [text.partition("light: ")[2] for text in found]
    assert [text.removeprefix("has no name: ")[:16] for text in said] == [
        *('<a href="/1"><sv', '<button class="b', '<input name="two'),
        *("<select></select", '<img src="data:,', "has no title", "has no language"),
    ]
