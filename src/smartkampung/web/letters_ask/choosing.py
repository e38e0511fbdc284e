"""What do you need a letter for? Every letter, by what it is for."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from smartkampung.kernel.clock import day, now
from smartkampung.letters.catalogue.queries import kinds_offered
from smartkampung.letters.catalogue.rules.kinds import Group
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.catalogue.words import GROUPS
from smartkampung.regions.codes import village_of
from smartkampung.regions.queries import regency
from smartkampung.web import resident_session
from smartkampung.web.pages import public_page

LONGEST_SEARCH = 80
# Words that people type and no letter says.
FILLERS = frozenset(
    {"surat", "keterangan", "pengantar", "untuk", "dan", "saya", "letter", "a", "for"}
)
# What people call a letter, or what happened to them, and no letter says.
CALLED: dict[str, str] = {
    "sktm": "spm miskin kip kis bpjs beasiswa",
    "lost": "hilang kehilangan ktp sim stnk atm buku tabungan dompet",
    "domicile": "domisili ngontrak kos",
    "marriage": "nikah kawin kua n1",
    "business": "sku usaha umkm kur",
    "moving": "pindah boyong",
    "death": "meninggal wafat",
}


@never_cache
@public_page()
def choose(request: HttpRequest) -> HttpResponse:
    """Offer every letter in groups, or those that fit what was typed."""
    session = resident_session.of(request)
    if session is not None:
        village = village_of(session.person.region_code)
    else:
        here = regency()
        village = here.code if here else ""
    typed = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    offered = kinds_offered(village, day(now()))
    context = {
        "typed": typed,
        "groups": groups_of(matching(offered, typed)),
        "signed_in": session is not None,
    }
    return render(request, "letters_ask/choose.html", context)


def matching(offered: Iterable[Wording], typed: str) -> list[Wording]:
    """Return the letters that fit what was typed, in either language, the best first.

    Those in which all words stand; else those in which one does. A word of the title
    counts before one of the rest.
    """
    wanted = [word for word in typed.lower().split() if word not in FILLERS]
    every = list(offered)
    found = [one for one in every if all(word in _words(one) for word in wanted)]
    some = [one for one in every if any(word in _words(one) for word in wanted)]
    return sorted(found or some, key=lambda one: -_named(one, wanted))


def groups_of(offered: Iterable[Wording]) -> list[dict[str, Any]]:
    """Return letters under the headings of the catalogue, in its order."""
    lang = (get_language() or "id")[:2]
    rows: dict[Group, list[dict[str, str]]] = {group: [] for group in Group}
    for one in offered:
        kind = one.kind
        rows[kind.group].append(
            {
                "code": kind.code,
                "title": kind.title.of(lang),
                "about": kind.about.of(lang),
            }
        )
    return [
        {"title": GROUPS[group], "letters": letters}
        for group, letters in rows.items()
        if letters
    ]


def _named(wording: Wording, wanted: list[str]) -> int:
    """Return how many words typed are those by which a letter is known."""
    kind = wording.kind
    known = f"{CALLED.get(kind.code, '')} {kind.code}".split()
    return sum(word in known for word in wanted)


def _words(wording: Wording) -> str:
    kind = wording.kind
    called = CALLED.get(kind.code, "")
    texts = (
        *kind.title,
        *kind.about,
        kind.code,
        called,
        *map(str, (GROUPS[kind.group],)),
    )
    return " ".join(texts).lower()
