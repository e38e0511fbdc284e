"""What pages about wordings show: fields to click in, pictures, lines that differ."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from smartkampung.kernel.language import either
from smartkampung.letters.catalogue.drawing import draw_draft, sample_facts
from smartkampung.letters.catalogue.printing import printed
from smartkampung.letters.catalogue.rules.compose import Grid
from smartkampung.letters.catalogue.rules.fields import (
    JOINED,
    PERSON,
    fields_of,
)
from smartkampung.letters.catalogue.rules.kinds import Kind, Who
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.catalogue.words import (
    FEEDS,
    GROUPS,
    STEPS,
    SUBJECTS,
    TYPES,
)
from smartkampung.residents.siak import CodeList, term


def pictures(wording: Wording, lang: str, at: datetime) -> list[str]:
    """Return the pages of a letter about made-up people, as addresses of pictures."""
    drawn = draw_draft(wording, sample_facts(wording), lang=lang, at=at)
    return [f"data:image/webp;base64,{b64encode(page).decode()}" for page in drawn]


def field_groups(wording: Wording) -> list[dict[str, Any]]:
    """Return the fields that a letter may name, in groups, with a made-up value."""
    titles = {
        "asked": _("Answers to the questions below"),
        "subject": _("Whom the letter is about"),
        "applicant": _("Who asks for it"),
        "family": _("The family"),
        "letter": _("The letter"),
        "signer": _("Who signs"),
        "office": _("The village office"),
    }
    lang = _lang()
    words = printed(wording, sample_facts(wording), lang)
    parts = {name: said for name, _kind, said, _sample in PERSON}
    parts |= {name: said for name, _parts, said in JOINED}
    short = {
        f"{whose}.{name}": said
        for whose in ("subject", "applicant")
        for name, said in parts.items()
    }
    found: dict[str, list[dict[str, str]]] = {key: [] for key in titles}
    for name, field in fields_of(wording.kind.asked).items():
        said = words.get(name, "")
        sample = _("a table") if isinstance(said, Grid) else said
        found[name.partition(".")[0]].append(
            {
                "name": name,
                # Whose it is says the heading of the group.
                "words": short.get(name, field.words).of(lang),
                "sample": sample,
            }
        )
    return [
        {"title": title, "fields": found[key], "open": key in {"asked", "subject"}}
        for key, title in titles.items()
        if found[key]
    ]


def lines(kind: Kind) -> Iterator[tuple[str, str]]:
    """Yield everything that a kind says and asks, but its texts."""
    lang = _lang()
    yield _("Title"), f"{kind.title.id} | {kind.title.en}"
    yield _("What it is for"), f"{kind.about.id} | {kind.about.en}"
    yield _("Letter code (kode surat)"), kind.series
    yield _("Under which heading"), str(GROUPS[kind.group])
    yield _("Valid for"), valid_words(kind)
    yield _("Steps"), " · ".join(str(STEPS[one]) for one in kind.steps)
    yield _("About whom"), who_words(kind.who)
    for paper in kind.requirements:
        how = [paper.words.en]
        how += [_("a photo is handed in")] if paper.upload else []
        how += [] if paper.required else [_("not always needed")]
        yield (
            _("Paper: %(what)s") % {"what": paper.words.id},
            ", ".join(filter(None, how)),
        )
    for asked in kind.asked:
        how = [asked.label.en, str(TYPES[asked.type])]
        how += ["/".join(one.words.of(lang) for one in asked.choices)]
        how += [] if asked.required else [_("may be left empty")]
        yield (
            _("Question: %(what)s") % {"what": asked.label.id},
            ", ".join(filter(None, how)),
        )
    yield _("What the signed letter opens"), str(FEEDS[kind.feeds])
    yield _("Used abroad"), _("yes") if kind.abroad else _("no")
    yield (
        _("Law: places below may ask more, never less"),
        (_("yes") if kind.legal else _("no")),
    )
    yield _("Offered here"), _("yes") if kind.offered else _("no")


def compared(first: Kind, second: Kind) -> list[dict[str, Any]]:
    """Return the lines of two kinds side by side."""
    one, other = dict(lines(first)), dict(lines(second))
    return [
        {
            "what": what,
            "first": one.get(what, _("(not there)")),
            "second": other.get(what, _("(not there)")),
            "differs": one.get(what) != other.get(what),
        }
        for what in dict.fromkeys([*one, *other])
    ]


def compared_texts(first: Kind, second: Kind) -> list[dict[str, Any]]:
    """Return the texts of two kinds line by line, language by language."""
    return [
        {"title": title, "rows": list(_rows(first.bodies[lang], second.bodies[lang]))}
        for lang, title in (
            ("id", _("Text in Indonesian")),
            ("en", _("Text in English")),
        )
        if first.bodies[lang] or second.bodies[lang]
    ]


def _rows(first: str, second: str) -> Iterator[dict[str, Any]]:
    one, other = first.splitlines(), second.splitlines()
    for tag, a, b, c, d in SequenceMatcher(a=one, b=other).get_opcodes():
        for at in range(max(b - a, d - c)):
            left = one[a + at] if a + at < b else ""
            right = other[c + at] if c + at < d else ""
            if left or right:
                yield {"first": left, "second": right, "differs": tag != "equal"}


def who_words(who: Who) -> str:
    """Return whom a letter may be about, in one sentence."""
    told = [_(" or ").join(str(SUBJECTS[one]) for one in who.subjects)]
    if who.least_age is not None:
        told.append(_("from %(age)s years on") % {"age": who.least_age})
    if who.most_age is not None:
        told.append(_("up to %(age)s years") % {"age": who.most_age})
    if who.marital:
        words = [
            term(CodeList.MARITAL_STATUS, code, language=_lang())
            for code in who.marital
        ]
        told.append(_(" or ").join(words))
    if who.sex:
        told.append(either("perempuan", "women") if who.sex == "P" else "")
    return ", ".join(filter(None, told))


def valid_words(kind: Kind) -> str:
    """Return for how long a letter holds."""
    if not kind.valid_days:
        return _("no end")
    return ngettext("%(days)s day", "%(days)s days", kind.valid_days) % {
        "days": kind.valid_days
    }


def _lang() -> str:
    return (get_language() or "id")[:2]
