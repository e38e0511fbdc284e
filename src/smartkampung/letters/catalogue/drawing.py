"""A letter on paper: the wording, the facts in words, and what proves it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import override

from smartkampung.documents.pdf import compile_pdf, draw_pages, marked
from smartkampung.documents.qr import qr_svg
from smartkampung.letters.catalogue.printing import printed, village_kind, visible
from smartkampung.letters.catalogue.rules.compose import (
    FRAME,
    MissingFacts,
    filled,
)
from smartkampung.letters.catalogue.rules.fields import Fact, Facts, FieldKind
from smartkampung.letters.catalogue.rules.kinds import Step
from smartkampung.letters.catalogue.rules.wording import Wording

COSIGNER = "cosigner.office"
# Room for what the kecamatan adds when it signs: in millimetres, on paper of any kind.
ROOM = {"width": 75, "height": 24}
POINTS = 72 / 25.4
HEIGHTS = {"a4": 297, "f4": 330}
Paper = Literal["a4", "f4"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Proof:
    """What a paper carries so that a stranger can ask whether it is real."""

    link: str  # what the QR code says
    address: str  # where a person types the code, when there is no camera
    code: str  # the letter's code, to type
    holder_code: str  # what its holder tells whoever may read it in full


@dataclass(frozen=True)
class Cosigned:
    """What the kecamatan adds to a letter: the number in its own book, and who signed."""

    number: str
    name: str
    nip: str = ""

    def lines(self) -> list[tuple[str, str]]:
        """Return what is printed, by name, in its order."""
        nip = self.nip
        grouped = " ".join((nip[:8], nip[8:14], nip[14:15], nip[15:]))
        return [
            ("number", _("Number: %(number)s") % {"number": self.number}),
            ("name", visible(self.name)),
            ("nip", f"NIP {grouped}" if nip else ""),
        ]


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

    Equal arguments give equal bytes. Raises MissingFacts.
    """
    data = _final(wording, facts, lang, proof, paper)
    return compile_pdf("village_letter", data, at=at)


def room_in(
    wording: Wording, facts: Facts, *, lang: str, proof: Proof, paper: Paper = "a4"
) -> tuple[int, Box] | None:
    """Return where the same letter leaves room for the kecamatan: page from 0, and box.

    The box is in points from below, as a PDF counts. None where it does not sign.
    """
    if not facts.get(COSIGNER):
        return None
    data = _final(wording, facts, lang, proof, paper)
    (found,) = marked("village_letter", data, "room")
    left, top = (float(found[way].removesuffix("pt")) for way in ("x", "y"))
    high = HEIGHTS[paper] * POINTS - top
    box = (left, high - ROOM["height"] * POINTS, left + ROOM["width"] * POINTS, high)
    return int(found["page"]) - 1, box


def render_cosigned(said: Cosigned, *, lang: str, at: datetime) -> bytes:
    """Return what the kecamatan lays into the room that a letter left for it."""
    with override(lang):
        data = {
            "lang": lang,
            "title": said.name,
            "room": ROOM,
            "signed": _("Signed electronically"),
            **dict(said.lines()),
        }
    return compile_pdf("cosigned", data, at=at)


def _final(
    wording: Wording, facts: Facts, lang: str, proof: Proof, paper: Paper
) -> dict[str, Any]:
    lang = wording.language(lang)
    with override(lang):
        return _data(wording, facts, lang, paper) | {
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
        data = _data(wording, facts, lang, paper)
        if data["cosign"]:
            data["cosign"]["later"] = _(
                "Its number, name and NIP are added when the kecamatan signs."
            )
        return data | {
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


def _cosign(facts: Facts) -> dict[str, Any] | None:
    """Return what stands where the kecamatan signs, too: its office, and room.

    Who of the kecamatan will sign is not known when the village signs this page.
    """
    office = str(facts.get(COSIGNER, ""))
    if not office:
        return None
    return {
        "words": _("Acknowledged by"),
        "office": office,
        "room": ROOM,
        "later": "",
    }


def _head(frame: dict[str, str], facts: Facts) -> list[str]:
    """Return the lines above a letter, the smallest place last."""
    kind = village_kind(str(facts["office.kind"]))
    return [
        _("Government of Kabupaten %(name)s") % {"name": frame["office.regency"]},
        f"Kecamatan {frame['office.kecamatan']}",
        f"{kind} {frame['office.village']}",
    ]
