"""A box for whole rupiah, read kindly: dots, spaces and "Rp" are no error."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.wording import rupiah

_NOISE = re.compile(r"(?i)^rp\.?|,(00|-)$|[\s.]")
MOST = 100_000_000_000
LONGEST = 30


class RupiahField(forms.CharField):
    """An amount of money; ``most`` is what nobody means."""

    def __init__(self, *, most: int = MOST, **options: Any) -> None:
        self.most = most
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        options.setdefault("widget", widget)
        super().__init__(max_length=LONGEST, **options)

    def clean(self, value: Any) -> Any:
        """Return whole rupiah; nothing typed where that is allowed means none."""
        text = super().clean(value)
        if not text:
            return 0
        digits = _NOISE.sub("", text.strip())
        if not (digits.isascii() and digits.isdigit()):
            raise ValidationError(
                _("Type the amount in rupiah, in digits, such as 1.500.000."),
                code="not_digits",
            )
        if int(digits) > self.most:
            raise ValidationError(
                _("More than %(most)s cannot be meant. Check the noughts."),
                code="too_much",
                params={"most": rupiah(self.most)},
            )
        return int(digits)
