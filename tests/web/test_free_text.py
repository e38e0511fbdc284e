"""No box for free text takes a NIK: it would be kept and shown in clear."""

from collections.abc import Iterator

import pytest
from django import forms
from django.core.exceptions import ValidationError

from smartkampung.web.aid_staff import forms as staff
from smartkampung.web.aid_staff import termforms
from smartkampung.web.free_text import no_card_number
from smartkampung.web.report import forms as report
from smartkampung.web.report.assist import AssistForm
from smartkampung.web.tracking import forms as tracking
from tests.reporting import WAYAN_KK, WAYAN_NIK

NOTES = {"note", "notes", "story", "text", "answer", "reason"}


def boxes() -> Iterator[tuple[str, str, forms.CharField]]:
    """Yield every box for free text of the aid forms, public and of staff."""
    kinds: list[type[forms.Form]] = [
        kind
        for module in (staff, termforms, report, tracking)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, forms.Form)
    ]
    kinds.append(AssistForm)
    for kind in kinds:
        for name, field in kind.base_fields.items():
            long = isinstance(field.widget, forms.Textarea) or name in NOTES
            if isinstance(field, forms.CharField) and long:
                yield kind.__name__, name, field


BOXES = sorted(set(boxes()), key=lambda box: box[:2])


@pytest.mark.parametrize(
    "field", [box[2] for box in BOXES], ids=[f"{box[0]}.{box[1]}" for box in BOXES]
)
@pytest.mark.parametrize("number", [WAYAN_NIK, f"{WAYAN_KK[:6]} {WAYAN_KK[6:]}"])
def test_a_number_in_a_free_text_is_refused_kindly(
    field: forms.CharField, number: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        field.clean(f"Ini NIK-nya: {number}, tolong.")
    assert refused.value.messages == [
        "Jangan tulis NIK atau nomor KK di sini. Hapus angka itu; tulisan lainnya boleh "
        "tetap."
    ]
    assert field.clean("Telepon 0857 1111 2222.") == "Telepon 0857 1111 2222."


def test_the_boxes_are_found() -> None:
    assert len(BOXES) >= 10
    assert all(no_card_number in field.validators for _form, _name, field in BOXES)
