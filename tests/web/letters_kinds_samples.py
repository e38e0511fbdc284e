"""Sample arguments of the addresses of wordings (``tests/web/samples.py`` says how)."""

from smartkampung.kernel.clock import now, today
from smartkampung.letters.catalogue.models import WordingVersion
from smartkampung.letters.catalogue.rules.reading import data_of
from smartkampung.letters.catalogue.rules.wording import digest
from smartkampung.letters.catalogue.shipped import shipped
from tests.cast import HERE
from tests.web.sampling import Sample


def waiting() -> WordingVersion:
    """Return a wording of the village that waits to be confirmed."""
    body = data_of(shipped()["sktm"].kind)
    row, _new = WordingVersion.objects.get_or_create(
        kind="sktm",
        region_code=HERE,
        number=1,
        defaults={
            "body": body,
            "digest": digest(body),
            "note": "Perdes 3/2026",
            "holds_from": today(),
            "written_by": "kartika",
            "written_at": now(),
        },
    )
    return row


# What letters say is public knowledge: the same everywhere, for whoever may write.
KIND = Sample(lambda _: {"kind": "sktm"})
OPEN_KIND = Sample(lambda _: {"code": "sktm"})

LETTERS_KINDS: dict[str, Sample] = {
    "letters_templates:kind": KIND,
    "letters_templates:compare": KIND,
    "letters_templates:write": KIND,
    "letters_templates:confirm": Sample(
        lambda _: {"version": waiting().pk}, bound=True
    ),
    "letters_kinds:kind": OPEN_KIND,
    "letters_kinds:sample": OPEN_KIND,
}
