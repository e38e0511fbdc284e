"""Files that were built to harm whoever reads them."""

import zlib


def pdf_of(table: bytes, more: bytes = b"") -> bytes:
    """Return a PDF whose table of contents is a stream."""
    head = b"%PDF-1.7\n"
    told = b"1 0 obj\n<< /Type /XRef /Size 2 /W [1 1 1] /Root 1 0 R %s /Length %d >>\n"
    body = told % (more, len(table)) + b"stream\n" + table + b"\nendstream\nendobj\n"
    return head + body + b"startxref\n%d\n%%%%EOF\n" % len(head)


CUT = zlib.compress(bytes(3_000))[:-8] + b"\xff" * 4
HOSTILE = {
    "a stream cut off": pdf_of(CUT, b"/Filter /FlateDecode"),
    "a bomb": pdf_of(zlib.compress(bytes(50_000_000)), b"/Filter /FlateDecode"),
    "an odd predictor": pdf_of(
        zlib.compress(bytes(9)),
        b"/Filter /FlateDecode /DecodeParms << /Predictor 99 /Columns 3 >>",
    ),
    "a table of nothing": pdf_of(b""),
}
