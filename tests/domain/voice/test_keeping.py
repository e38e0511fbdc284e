"""A PDF is kept when nothing in it runs, fetches or hides; everything else is refused."""

import io
import zlib
from pathlib import Path

import pytest
from pytest_django import Settings

from smartkampung.frontline.voice.actions import keeping
from smartkampung.frontline.voice.actions.announcing import Said, announce
from smartkampung.frontline.voice.actions.errors import NotYourArea
from smartkampung.frontline.voice.actions.keeping import NotAttachable, keep_file
from smartkampung.frontline.voice.models import Attachment
from smartkampung.kernel.clock import now
from tests.cast import HERE, NEXT_DOOR
from tests.pictures import jpeg
from tests.speaking import heads, rights

SCRIPT = b"7 0 << /S /JavaScript /JS (app.alert(1)) >>"
HARMLESS = b"7 0 << /Type /Page >>"
OBJECTS = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length 9 >>"


def pdf(*streams: tuple[bytes, bytes]) -> io.BytesIO:
    """Write a PDF of streams: what is said about each, and what it holds."""
    parts = [b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n"]
    parts += [
        b"%d 0 obj %s\nstream\n%s\nendstream endobj\n" % (number, about, held)
        for number, (about, held) in enumerate(streams, 2)
    ]
    return io.BytesIO(b"".join(parts) + b"%%EOF")


def keep(file: io.BytesIO) -> str:
    return keep_file(file=file, name="surat.pdf", region_code=HERE, at=now()).path


def test_what_only_shows_pages_is_kept_as_it_is(settings: Settings) -> None:
    picture = (
        b"<< /Subtype /Image /Filter /DCTDecode >>",
        b"\xff\xd8/JS\x91 by chance",
    )
    text = (b"<< /Filter /FlateDecode >>", zlib.compress(b"(/JavaScript) Tj"))
    objects = (OBJECTS, zlib.compress(HARMLESS))
    short = (OBJECTS.replace(b"/FlateDecode", b"[ /Fl ]"), zlib.compress(HARMLESS))
    file = pdf(picture, text, objects, short)
    assert (Path(settings.UPLOADS) / keep(file)).read_bytes() == file.getvalue()


FLATE = zlib.compress(SCRIPT)
HIDDEN = {
    "in packed objects": [(OBJECTS, FLATE)],
    "by an escaped name": [(OBJECTS.replace(b"ObjStm", b"Obj#53tm"), FLATE)],
    "by an escaped name inside": [
        (
            OBJECTS,
            zlib.compress(SCRIPT.replace(b"/JavaScript /JS", b"/Java#53cript /J#53")),
        )
    ],
    "by a second filter": [
        (
            OBJECTS.replace(b"/FlateDecode", b"[/ASCIIHexDecode /FlateDecode]"),
            FLATE.hex().encode(),
        )
    ],
    "by a filter after ours": [
        (
            OBJECTS.replace(b"/FlateDecode", b"[/FlateDecode /ASCIIHexDecode]"),
            zlib.compress(SCRIPT.hex().encode()),
        )
    ],
    "by another filter": [(OBJECTS.replace(b"Flate", b"LZW"), b"\x80\x0b\x60")],
    "by a predictor": [
        (
            OBJECTS.replace(b"/Length", b"/DecodeParms << /Predictor 12 >> /Length"),
            FLATE,
        )
    ],
    "in a file elsewhere": [(OBJECTS.replace(b"/Length", b"/F (x) /Length"), FLATE)],
    "behind the end": [(OBJECTS, zlib.compress(HARMLESS)[:-4] + b"endstream" + FLATE)],
    "without its type": [(OBJECTS.replace(b"/Type /ObjStm", b""), FLATE)],
    "behind another stream": [
        (b"<< >>", b"x\n9 0 obj " + OBJECTS + b"\nstream\n" + FLATE)
    ],
    "far from its words": [
        (OBJECTS.replace(b"/Length", b"/X (%s) /Length" % (b"x" * 5_000)), FLATE)
    ],
}


@pytest.mark.django_db
@pytest.mark.parametrize("streams", HIDDEN.values(), ids=HIDDEN)
def test_a_script_that_hides_is_found(streams: list[tuple[bytes, bytes]]) -> None:
    with pytest.raises(NotAttachable):
        keep(pdf(*streams))


def test_what_unpacks_to_too_much_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_UNPACKED", 1_000)
    with pytest.raises(NotAttachable):
        keep(pdf((b"<< /Filter /FlateDecode >>", zlib.compress(b"0" * 1_001))))


def test_a_large_pdf_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_BYTES", 20)
    with pytest.raises(NotAttachable, match="5 MB"):
        keep(pdf())


@pytest.mark.django_db
def test_nothing_is_written_before_it_may_be_said(settings: Settings) -> None:
    head = heads()["head"]
    told = Said("Judul", "Isi", NEXT_DOOR)
    files = [(pdf(), "a.pdf"), (io.BytesIO(jpeg().read()), "a.jpg")]
    before = set(Path(settings.UPLOADS).rglob("*.*"))
    with pytest.raises(NotYourArea):
        announce(said=told, files=files, by=rights(head), at=now())
    assert set(Path(settings.UPLOADS).rglob("*.*")) == before
    announce(
        said=Said("Judul", "Isi", HERE, public=True),
        files=files,
        by=rights(head),
        at=now(),
    )
    assert [row.kind for row in Attachment.objects.order_by("pk")] == ["pdf", "photo"]
