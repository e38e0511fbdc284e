"""What people are told when an import cannot be brought, applied or undone."""

from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.errors import Refused
from smartkampung.residents.imports.rules import Bar
from smartkampung.residents.imports.words import BARS


class CannotDo(Refused):
    """This import is not in a state for that; ``bar`` says why."""

    code = "cannot_do_import"

    def __init__(self, bar: Bar) -> None:
        super().__init__(BARS[bar])
        self.bar = bar


class OutsideYourArea(Refused):
    """Imports are for the villages that somebody is responsible for."""

    code = "outside_area"

    def __init__(self) -> None:
        super().__init__(_("You can import and export only for your own village."))


class FileTooLarge(Refused):
    """The uploaded file is larger than is read on a page."""

    code = "file_too_large"


class CannotDecide(Refused):
    """A review cannot be decided so, by this officer, now."""

    code = "cannot_decide_review"
