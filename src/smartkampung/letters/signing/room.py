"""Room that the first signature leaves on a page, and what a later signer lays into it.

A field of the PDF's form, which nobody can type in: the first signature allows only what
such fields hold to change, and the signature of who fills it covers that. So what the
kecamatan adds is seen on the paper, and both signatures hold.
"""

import io

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, SigFieldSpec

from smartkampung.letters.signing.ports import Laid, NotSigned, Room, Words

NAME = "Cosigned"
# Not to be typed in, and of some lines; printed with the page.
READ_ONLY, LINES, PRINTED = 1, 1 << 12, 4
# Who fills the room locks it.
LOCK = FieldMDPSpec(FieldMDPAction.INCLUDE, fields=[NAME])


def leave(file: IncrementalPdfFileWriter, room: Room) -> None:
    """Put an empty field on a page, before the first signature."""
    page, _resources = file.find_page_for_modification(room.page)
    field = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): pdf_string(NAME),
            pdf_name("/TU"): pdf_string(room.words),
            pdf_name("/Ff"): generic.NumberObject(READ_ONLY | LINES),
            pdf_name("/F"): generic.NumberObject(PRINTED),
            pdf_name("/DA"): pdf_string("/Helv 9 Tf 0 g"),
            pdf_name("/P"): page,
            pdf_name("/Rect"): generic.ArrayObject(
                generic.FloatObject(round(at, 2)) for at in room.box
            ),
        }
    )
    placed = file.add_object(field)
    file.register_annotation(page, placed)
    form = generic.DictionaryObject(
        {pdf_name("/Fields"): generic.ArrayObject([placed])}
    )
    file.root[pdf_name("/AcroForm")] = file.add_object(form)
    file.update_root()


def fill(file: IncrementalPdfFileWriter, laid: Laid) -> None:
    """Show something in the room that was left; raise NotSigned where there is none."""
    place = _room(file)
    field = place.get_object()
    picture = file.import_page_as_xobject(PdfFileReader(io.BytesIO(laid.pdf)))
    field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): picture})
    field[pdf_name("/V")] = pdf_string(laid.words)
    file.mark_update(place.reference)


def _room(file: IncrementalPdfFileWriter) -> generic.IndirectObject:
    # It was signed before, so there is a form.
    fields: generic.ArrayObject = file.root["/AcroForm"]["/Fields"]
    for at in range(len(fields)):
        place: generic.IndirectObject = fields.raw_get(at)
        if place.get_object()["/T"] == NAME:
            return place
    raise NotSigned("no_room")


def prepare(file: IncrementalPdfFileWriter, words: Words) -> None:
    """Leave the room, or fill it, as a signature asks that comes right behind."""
    if words.room:
        leave(file, words.room)
    if words.laid:
        fill(file, words.laid)


def prepared(pdf: bytes, words: Words) -> bytes:
    """Return a file to be signed elsewhere, with its room left or filled."""
    if not (words.room or words.laid):
        return pdf
    file = IncrementalPdfFileWriter(io.BytesIO(pdf))
    prepare(file, words)
    written = io.BytesIO()
    file.write(written)
    return written.getvalue()


def locking(name: str) -> SigFieldSpec:
    """Return the field of a signature behind which nobody fills the room anew."""
    return SigFieldSpec(name, field_mdp_spec=LOCK)
