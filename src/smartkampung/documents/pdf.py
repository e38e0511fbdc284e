"""PDF documents from templates: data goes in as values, never as markup.

Only the fonts that ship with Typst are used, so that a document looks the same on
every machine. Text in data cannot become code: a template reads it from JSON.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import typst
from PIL import Image

Standard = Literal["ua-1", "1.7"]
_GREYS = [
    255 if value >= 250 else 234 if value > 215 else value // 51 * 51
    for value in range(256)
]
TEMPLATES = Path(__file__).parent / "templates"


def compile_pdf(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """Return a tagged PDF of a template in ``templates/``.

    It claims PDF/UA-1 unless the data holds a letter that our fonts cannot draw,
    which that standard forbids. ``data`` holds JSON values; an SVG drawing is passed
    as its text. ``at`` is the date of the document: equal data gives equal bytes.
    """
    content = json.dumps(data, ensure_ascii=False)
    try:
        return _compile(template, content, at, standard="ua-1")
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return _compile(template, content, at, standard="1.7")


def _compile(template: str, content: str, at: datetime, *, standard: Standard) -> bytes:
    return bytes(
        typst.compile(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=_fonts(),
            format="pdf",
            sys_inputs={"data": content},
            pdf_standards=standard,
            timestamp=int(at.timestamp()),
        )
    )


def marked(template: str, data: Mapping[str, Any], label: str) -> list[Any]:
    """Return the values that a template marks with a label, such as where it stands."""
    told = typst.query(
        str(TEMPLATES / f"{template}.typ"),
        f"<{label}>",
        field="value",
        root=str(TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    found: list[Any] = json.loads(told)
    return found


def draw_pages(
    template: str, data: Mapping[str, Any], *, at: datetime, ppi: int = 84
) -> list[bytes]:
    """Return the pages of a template as small WebP pictures, to look at on a page."""
    pages = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        format="png",
        ppi=ppi,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(at.timestamp()),
    )
    return [_small(page) for page in (pages if isinstance(pages, list) else [pages])]


def _small(page: bytes) -> bytes:
    """Return a picture in six greys, a fifth of its size: letters stay sharp."""
    grey = Image.open(BytesIO(page)).convert("L").point(_GREYS)
    content = BytesIO()
    grey.save(content, "WEBP", lossless=True, method=2)
    return content.getvalue()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
