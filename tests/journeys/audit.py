"""Looks at an open page as many readers would, and says what is wrong with it.

A page is judged as it stands (also after a form was refused), on a desk in light and
on a phone in dark: axe (WCAG 2.2 A and AA), no sideways scrolling down to 320 px
(which is also 200 % zoom on a 640 px screen), fingers' room, one heading.
"""

from collections.abc import Sequence
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

Aspect = tuple[int, Literal["light", "dark"], dict[str, Any]]
NARROWEST, PHONE, DESK = 320, 360, 1100
FINGER = 44
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe().axe_script
ONLY_WHAT_IS_WRONG = {"resultTypes": ["violations"], "reporter": "no-passes"}
OF_COLOURS = ("color-contrast", "link-in-text-block")
PLACED = ["target-size", "scrollable-region-focusable"]
OPTIONS: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": RULES},
    **ONLY_WHAT_IS_WRONG,
}
# The same, for a page whose colours were all judged before.
WITHOUT_COLOURS: dict[str, Any] = {
    **OPTIONS,
    "rules": {rule: {"enabled": False} for rule in OF_COLOURS},
}
# A phone shows the same elements as a desk, elsewhere and on other grounds: names,
# roles and order were judged on the desk, and are not judged again.
PLACES: dict[str, Any] = {
    "runOnly": {
        "type": "rule",
        "values": [*OF_COLOURS, *PLACED],
    },
    **ONLY_WHAT_IS_WRONG,
}
ONLY_PLACES: dict[str, Any] = {
    "runOnly": {"type": "rule", "values": PLACED},
    **ONLY_WHAT_IS_WRONG,
}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# What a finger aims at. Links inside sentences are exempt (WCAG 2.5.8), and a label
# that wraps its box is the target of the box.
SMALL = f"""() => [...document.querySelectorAll(
    'main button, main .btn, main input:not([type=hidden]), main select, main textarea,'
    + ' .bar a, .bar button, .menu a, .foot a, .filters a, .back')]
  .map(element => element.closest('label') || element)
  .filter(element => {{
    const box = element.getBoundingClientRect();
    return box.width > 1 && (box.height < {FINGER} - 0.5 || box.width < {FINGER} - 0.5);
  }})
  .map(element => element.outerHTML.slice(0, 120))"""


LOOKS: Sequence[Aspect] = (
    (DESK, "light", OPTIONS),
    (PHONE, "dark", PLACES),
)
# Only words and their length differ between languages: what carries them, and whether
# they fit, is judged again; structure and colours were judged in the other one. That
# needs none of axe, whose half megabyte takes most of the time of a look.
SPOKEN: dict[str, Any] = {}
SECOND_LOOK: Sequence[Aspect] = ((NARROWEST, "light", SPOKEN),)
NAMELESS = """() => {
  const told = element => element.ariaLabel || element.title ||
    element.getAttribute('aria-labelledby');
  const said = element => told(element) || element.textContent.trim() ||
    element.querySelector('img[alt]:not([alt=""]), svg title');
  const asked = element => told(element) ||
    [...element.labels].some(label => label.textContent.trim());
  const among = (which, named) => [...document.querySelectorAll(which)]
    .filter(element => element.checkVisibility() && !named(element))
    .map(element => `has no name: ${element.outerHTML.slice(0, 160)}`);
  const wrong = [
    ...among('a[href], button, summary', said),
    ...among('select, textarea, input:not([type=hidden])', asked),
    ...among('img:not([alt])', () => false),
  ];
  if (!document.title.trim()) wrong.push('has no title');
  if (!['id', 'en'].includes(document.documentElement.lang)) wrong.push('has no language');
  return wrong;
}"""


# A word that stands on two lines: nobody reads "men-de-sak" in a column of three letters.
# Codes, addresses and file names are no words.
BROKEN = """() => {
  const lines = word => new Set([...word.getClientRects()].map(box => Math.round(box.top)));
  const broken = element => [...element.childNodes].some(node => {
    for (const {0: word, index} of (node.nodeType === 3 ? node.data : '').matchAll(/[\\p{L}\\d.,%]+/gu)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      if (word.length <= 12 && lines(range).size > 1) return true;
    }
    return false;
  });
  return [...document.querySelectorAll('.tag, .btn, .num, h1, h2, h3, th, .filters a, .menu a')]
    .filter(element => element.checkVisibility() && broken(element))
    .map(element => element.outerHTML.slice(0, 120));
}"""


# What a text is written with and on. Two texts with the same paint contrast alike, on
# whatever page they stand; one that lies above others is told by its own name.
PAINT = """() => {
  const solid = colour => !/rgba\\(.*, 0?(\\.\\d+)?\\)$/.test(colour);
  const paint = element => {
    const style = getComputedStyle(element);
    const said = [style.color, style.fontSize, style.fontWeight, element.tagName === 'A'
      ? style.textDecorationLine + getComputedStyle(element.parentElement).color : ''];
    if (element.matches('input, textarea'))
      said.push(getComputedStyle(element, '::placeholder').color);
    let covered = false;
    for (let at = element; at; at = at.parentElement) {
      const under = getComputedStyle(at);
      if (['absolute', 'fixed'].includes(under.position)) said.push(at.className);
      if (under.opacity !== '1') said.push(`opacity ${under.opacity}`);
      if (covered) continue;
      said.push(under.backgroundColor, under.backgroundImage);
      covered = solid(under.backgroundColor);
    }
    return said.join(' | ');
  };
  const written = element => element.matches('input, select, textarea') ||
    [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  return [...new Set([...document.querySelectorAll('body, body *')]
    .filter(element => written(element) && element.checkVisibility()).map(paint))];
}"""
# Every paint that some page of this run was judged in, and had nothing wrong.
good: set[str] = set()


# Whoever clicks a link and looks at once may still see the page it leaves.
WHICH_PAGE = "performance.timeOrigin"
LOOKED_AGAIN = 3


def problems(page: Page, looks: Sequence[Aspect] = LOOKS) -> list[str]:
    """Return everything that is wrong with the page as it is now, in words.

    A page that was left while it was looked at is no page: the one that came is
    looked at from the beginning.
    """
    left: Error | None = None
    for _ in range(LOOKED_AGAIN):
        page.wait_for_load_state()
        try:
            begun = page.evaluate(WHICH_PAGE)
            found = _problems(page, looks)
            if page.evaluate(WHICH_PAGE) == begun:
                return found
        except Error as error:
            left = error
    raise AssertionError(f"{page.url} could not be looked at") from left


def _problems(page: Page, looks: Sequence[Aspect]) -> list[str]:
    found: list[str] = []
    before = page.viewport_size
    if any(rules is not SPOKEN for _width, _scheme, rules in looks):
        # Half a megabyte of script, put into the page once and not before each look.
        page.evaluate(AXE)
    for width, scheme, rules in looks:
        _be_as_wide_as(page, width)
        if scheme == "dark":
            page.emulate_media(color_scheme="dark")
        where = f"{page.url.split('/', 3)[-1]} at {width} px, {scheme}"
        found += [f"{where}: {text}" for text in _judged(page, rules)]
        found += _broken(page, where)
        if scheme == "dark":
            page.emulate_media(color_scheme="light")
    found += _on_the_narrowest_screen(page)
    if before and before != page.viewport_size:
        page.set_viewport_size(before)
    return found


def _be_as_wide_as(page: Page, width: int) -> None:
    """Change the width of the screen, unless it has it: all is laid out anew."""
    if page.viewport_size is None or page.viewport_size["width"] != width:
        page.set_viewport_size({"width": width, "height": 800})


def _judged(page: Page, options: dict[str, Any]) -> list[str]:
    """Ask axe; about colours, which cost most of its time, only where one is new."""
    if options is SPOKEN:
        nameless: list[str] = page.evaluate(NAMELESS)
        return nameless
    painted = set(page.evaluate(PAINT))
    if painted <= good:
        return _axe(page, ONLY_PLACES if options is PLACES else WITHOUT_COLOURS)
    found = _axe(page, options)
    if not any(text.startswith(OF_COLOURS) for text in found):
        good.update(painted)
    return found


def _axe(page: Page, options: dict[str, Any]) -> list[str]:
    # The rest of what axe says is large, and would be copied twice to be dropped here.
    violations = page.evaluate(
        "options => axe.run(options).then(said => said.violations)", options
    )
    return [
        f"{violation['id']} ({violation['help']}): {node['html'][:160]}"
        for violation in violations
        for node in violation["nodes"]
    ]


def _broken(page: Page, where: str) -> list[str]:
    return [f"{where}: a word is broken: {html}" for html in page.evaluate(BROKEN)]


def _on_the_narrowest_screen(page: Page) -> list[str]:
    where = page.url.split("/", 3)[-1]
    _be_as_wide_as(page, NARROWEST)
    found = [
        f"{where}: too small for a finger: {html}" for html in page.evaluate(SMALL)
    ]
    found += _broken(page, where)
    if page.evaluate(SIDEWAYS):
        found.append(f"{where}: scrolls sideways at {NARROWEST} px")
    if page.locator("h1").count() != 1:
        found.append(f"{where}: has {page.locator('h1').count()} first headings")
    return found
