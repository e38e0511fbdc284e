"""Small pictures, as phones send them."""

import io

from PIL import Image


def jpeg(size: tuple[int, int] = (64, 48)) -> io.BytesIO:
    """Return a teal JPEG with a file name."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG")
    out.seek(0)
    out.name = "rumah.jpg"
    return out
