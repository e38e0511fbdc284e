"""What a PDF shows, so that a file that came back signed can be compared with what was sent.

Everything that hangs on the catalogue counts, but for what a signature adds there and for
fields of signatures that take no room on the page.
"""

import io
from collections.abc import Iterator
from itertools import zip_longest

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

ADDED = {"/AcroForm", "/DSS", "/Perms", "/Extensions", "/Version", "/Metadata"}
UPWARDS = {"/Parent", "/P"}
Seen = set[tuple[int, int]]


def looks_the_same(one: PdfFileReader, other: PdfFileReader) -> bool:
    """Say whether two files show the same."""
    pairs = zip_longest(_shown(one), _shown(other))
    return all(first == second for first, second in pairs)


def _shown(reader: PdfFileReader) -> Iterator[bytes]:
    seen: Seen = set()
    root = reader.root
    for key in sorted(set(root) - ADDED):
        yield key.encode()
        yield from _parts(root.raw_get(key), seen)
    yield b"end"


def _parts(held: generic.PdfObject, seen: Seen) -> Iterator[bytes]:
    if isinstance(held, generic.IndirectObject):
        place = (held.idnum, held.generation)
        yield b"%d %d R" % place
        if place in seen:
            return
        seen.add(place)
        held = held.get_object()
    if isinstance(held, generic.DictionaryObject):
        yield from _entries(held, seen)
    elif isinstance(held, generic.ArrayObject):
        yield b"[%d" % len(held)
        for index in range(len(held)):
            yield from _parts(held.raw_get(index), seen)
    else:
        written = io.BytesIO()
        held.write_to_stream(written)
        yield written.getvalue()


def _entries(held: generic.DictionaryObject, seen: Seen) -> Iterator[bytes]:
    if isinstance(held, generic.StreamObject):
        yield held.encoded_data
    for key in sorted(set(held) - UPWARDS):
        laid_over = key == "/Annots"
        value = _annotations(held[key]) if laid_over else held.raw_get(key)
        if value or not laid_over:
            yield key.encode()
            yield from _parts(value, seen)


def _annotations(held: generic.ArrayObject) -> generic.ArrayObject:
    """Return what is laid over a page, without signatures that nobody sees."""
    return generic.ArrayObject(
        held.raw_get(place) for place in range(len(held)) if not _unseen(held[place])
    )


def _unseen(one: generic.DictionaryObject) -> bool:
    left, low, right, high = one["/Rect"]
    return one.get("/FT") == "/Sig" and (left == right or low == high)
