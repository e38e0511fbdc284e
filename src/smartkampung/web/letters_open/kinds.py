"""Which letters there are, for anybody: what for, for whom, what to bring, how long."""

from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from smartkampung.kernel.clock import now, today
from smartkampung.kernel.language import either
from smartkampung.letters.catalogue import queries
from smartkampung.letters.catalogue.drawing import render_draft, sample_facts
from smartkampung.letters.catalogue.rules.kinds import Both, Kind, Step, Subject
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.catalogue.words import GROUPS, STEPS
from smartkampung.letters.requests.queries.figures import public_medians
from smartkampung.regions.queries import regency, region
from smartkampung.web.letters_kinds.present import valid_words, who_words
from smartkampung.web.pages import public_page
from smartkampung.web.places import village_choices


@public_page()
def kinds(request: HttpRequest) -> HttpResponse:
    """List the letters that a village offers, under headings."""
    place = _place(request)
    usual = _usual(place)
    groups: dict[Any, list[dict[str, Any]]] = {group: [] for group in GROUPS}
    for one in queries.kinds_offered(place["code"], today()):
        groups[one.kind.group].append(
            _shown(one.kind) | {"minutes": usual.get(one.kind.code)}
        )
    context = {
        "place": place,
        "villages": village_choices(),
        "groups": [
            {"title": GROUPS[key], "kinds": sorted(found, key=lambda k: k["title"])}
            for key, found in groups.items()
            if found
        ],
    }
    return render(request, "letters_open/kinds.html", context)


@public_page()
def one_kind(request: HttpRequest, code: str) -> HttpResponse:
    """Show one letter: what to bring, what is asked, who does what, how long it holds."""
    place = _place(request)
    one = _wording(code, place["code"])
    steps = [{"title": STEPS[step], "who": step.value} for step in one.kind.steps]
    context = {
        "place": place,
        "kind": _shown(one.kind) | {"minutes": _usual(place).get(code)},
        "papers": [
            {
                "words": _words(paper.words),
                "upload": paper.upload,
                "required": paper.required,
            }
            for paper in one.kind.requirements
        ],
        "asked": [
            {"words": _words(asked.label), "required": asked.required}
            for asked in one.kind.asked
        ],
        "steps": steps,
        "cosigned": Step.COSIGN in one.kind.steps,
        "languages": one.kind.languages,
    }
    return render(request, "letters_open/kind.html", context)


@public_page()
def sample(request: HttpRequest, code: str) -> HttpResponse:
    """Return a letter about made-up people, marked as a draft."""
    one = _wording(code, _place(request)["code"])
    lang = one.language(request.GET.get("lang") or get_language() or "id")
    response = HttpResponse(_drawn(_Once(one), lang), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{code}.pdf"'
    return response


class _Once:
    """A wording that equals another of the same words, to be drawn once."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording

    def __hash__(self) -> int:
        return hash(self.wording.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Once) and other.wording.digest == self.wording.digest


@lru_cache(maxsize=64)
def _drawn(once: _Once, lang: str) -> bytes:
    facts = sample_facts(once.wording)
    return render_draft(once.wording, facts, lang=lang, at=now())


def _usual(place: dict[str, str]) -> dict[str, int]:
    """Return the usual minutes of each kind in the village that was chosen."""
    return public_medians(place["village"], at=now()) if place["village"] else {}


def _wording(code: str, place: str) -> Wording:
    found = queries.wording_for(code, place, today())
    if found is None:
        raise Http404
    return found


def _place(request: HttpRequest) -> dict[str, str]:
    """Return the village that was chosen, else the whole regency."""
    chosen = region(request.GET.get("village", "")[:30])
    if chosen and chosen.code.count(".") == 3:
        return {"code": chosen.code, "name": chosen.name, "village": chosen.code}
    here = regency()
    return {
        "code": here.code if here else "",
        "name": here.name if here else "",
        "village": "",
    }


def _shown(kind: Kind) -> dict[str, Any]:
    return {
        "code": kind.code,
        "title": _words(kind.title),
        "about": _words(kind.about),
        "who": who_words(kind.who),
        "valid": valid_words(kind),
        "papers": len(kind.requirements),
        "elsewhere": Subject.DECEASED in kind.who.subjects,
        "english": "en" in kind.languages,
    }


def _words(words: Both) -> str:
    return either(words.id, words.en)
