"""Samples of the front line's areas; each keeps a file of its own and adds a line."""

from tests.web.frontline_desk_samples import DESK
from tests.web.frontline_fieldwork_samples import FIELDWORK
from tests.web.frontline_news_samples import NEWS
from tests.web.frontline_texting_samples import TEXTING
from tests.web.sampling import Sample

FRONTLINE: dict[str, Sample] = {
    **DESK,
    **FIELDWORK,
    **NEWS,
    **TEXTING,
}
