"""A letter on paper: the wording, the facts in words, and what proves it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import override

from smartkampung.documents.pdf import compile_pdf, draw_pages
from smartkampung.documents.qr import qr_svg
from smartkampung.letters.catalogue.printing import printed, village_kind
from smartkampung.letters.catalogue.rules.compose import (
    FRAME,
    MissingFacts,
    filled,
)
from smartkampung.letters.catalogue.rules.fields import Fact, Facts, FieldKind
from smartkampung.letters.catalogue.rules.kinds import Step
from smartkampung.letters.catalogue.rules.wording import Wording

COSIGNER = "cosigner.office"
Paper = Literal["a4", "f4"]


@dataclass(frozen=True)
class Proof:
    """What a paper carries so that a stranger can ask whether it is real."""

    link: str  # what the QR code says
    address: str  # where a person types the code, when there is no camera
    code: str  # the letter's code, to type
    holder_code: str  # what its holder tells whoever may read it in full


def render_letter(
    wording: Wording,
    facts: Facts,
    *,
    lang: str,
    at: datetime,
    proof: Proof,
    paper: Paper = "a4",
) -> bytes:
    """Return the PDF of a letter, ready to be signed.

    Equal arguments give equal bytes. Raises MissingFacts (``compose.facts_needed``
    says what must be known).
    """
    lang = wording.language(lang)
    with override(lang):
        data = _data(wording, facts, lang, paper)
        data |= {
            "draft": "",
            "link": proof.link,
            "qr": str(qr_svg(proof.link)),
            "signed": _("Signed electronically"),
            "check": _("Is this letter real? Scan the code or open %(address)s")
            % {"address": proof.address},
            "codes": [
                {"name": _("Code of this letter"), "text": proof.code},
                {"name": _("Code of its holder"), "text": proof.holder_code},
            ],
        }
    return compile_pdf("village_letter", data, at=at)


def render_draft(
    wording: Wording, facts: Facts, *, lang: str, at: datetime, paper: Paper = "a4"
) -> bytes:
    """Return a letter to look at: marked as a draft, proved by nothing."""
    data = _draft(wording, facts, lang, paper)
    return compile_pdf("village_letter", data, at=at)


def draw_draft(
    wording: Wording, facts: Facts, *, lang: str, at: datetime, paper: Paper = "a4"
) -> list[bytes]:
    """Return the pages of a draft as WebP pictures."""
    data = _draft(wording, facts, lang, paper)
    return draw_pages("village_letter", data, at=at)


def _draft(wording: Wording, facts: Facts, lang: str, paper: Paper) -> dict[str, Any]:
    lang = wording.language(lang)
    with override(lang):
        return _data(wording, facts, lang, paper) | {
            "draft": _("DRAFT"),
            "link": "",
            "qr": "",
            "signed": "",
            "check": _("This is a draft: it is not signed and proves nothing."),
            "codes": [],
        }


def sample_facts(wording: Wording) -> dict[str, Fact]:
    """Return made-up facts for every field that a wording may name."""
    facts = {
        name: field.sample
        for name, field in wording.fields.items()
        if field.kind is not FieldKind.JOINED
    }
    if Step.COSIGN in wording.kind.steps:
        facts[COSIGNER] = camat_of(str(facts["office.kecamatan"]))
    return facts


def camat_of(kecamatan: str) -> str:
    """Return what the office is called that signs for the kecamatan."""
    return f"Camat {kecamatan}"


def _data(wording: Wording, facts: Facts, lang: str, paper: Paper) -> dict[str, Any]:
    words = printed(wording, facts, lang)
    missing = sorted(set(FRAME) - set(words))
    if missing:
        raise MissingFacts(missing)
    frame = {name: str(words[name]) for name in FRAME}
    ends = frame["letter.valid_until"]
    return {
        "lang": lang,
        "paper": paper,
        "title": wording.kind.title.of(lang),
        "number": _("Number: %(number)s") % {"number": frame["letter.number"]},
        "head": _head(frame, facts),
        "office": frame["office.address"],
        "blocks": filled(wording, words, lang),
        "place": f"{frame['office.village']}, {frame['letter.date']}",
        "on_behalf": frame["signer.on_behalf"],
        "signer_title": frame["signer.title"],
        "signer_name": frame["signer.name"],
        "cosign": _cosign(facts),
        "valid": _("Valid until %(day)s") % {"day": ends} if ends else "",
        "page": _("Page"),
    }


def _cosign(facts: Facts) -> dict[str, str] | None:
    """Return what stands where the kecamatan signs, too: its office, not who holds it.

    Who of the kecamatan will sign is not known when the village signs this page.
    """
    office = str(facts.get(COSIGNER, ""))
    if not office:
        return None
    return {
        "words": _("Acknowledged by"),
        "office": office,
        "signed": _("Second electronic signature in this file, with name and time"),
    }


def _head(frame: dict[str, str], facts: Facts) -> list[str]:
    """Return the lines above a letter, the smallest place last."""
    kind = village_kind(str(facts["office.kind"]))
    return [
        _("Government of Kabupaten %(name)s") % {"name": frame["office.regency"]},
        f"Kecamatan {frame['office.kecamatan']}",
        f"{kind} {frame['office.village']}",
    ]
