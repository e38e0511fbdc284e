"""QR codes as SVG that stands inline in a page and prints sharp."""

import segno
from django.utils.safestring import SafeString


def qr_svg(text: str) -> SafeString:
    """Return the QR code of a text as one SVG element, sized by its container."""
    code = segno.make(text, error="m", micro=False)
    # The markup is segno's own; the text only decides which squares are dark.
    return SafeString(
        code.svg_inline(omitsize=True, border=2, svgclass=None, lineclass=None)
    )
