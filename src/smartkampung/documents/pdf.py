"""PDF documents from templates: data goes in as values, never as markup.

Only the fonts that ship with Typst are used, so that a document looks the same on
every machine. Text in data cannot become code: a template reads it from JSON.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

Standard = Literal["ua-1", "1.7"]
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


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
