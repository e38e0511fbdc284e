"""What people who work on letters, or ask for one, can be told."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.errors import Refused
from smartkampung.letters.requests.rules.steps import Bar
from smartkampung.letters.requests.words import BARS


class NotOffered(Refused):
    """The village does not write this letter."""

    code = "letter_not_offered"


class NotAbout(Refused):
    """The letter cannot be about this person; the message holds every reason."""

    code = "letter_not_about"


class WrongAnswers(Refused):
    """Answers are missing or cannot be; ``fields`` says which, in words."""

    code = "letter_wrong_answers"

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)


class PaperMissing(Refused):
    """A requirement that needs a photo has none; ``missing`` names them."""

    code = "letter_paper_missing"

    def __init__(self, message: object, missing: Iterable[str]) -> None:
        super().__init__(str(message))
        self.missing = list(missing)


class AskedAlready(Refused):
    """The person has an open request of this kind."""

    code = "letter_asked_already"


class TooManyLetters(Refused):
    """A family asked for very many letters today."""

    code = "too_many_letters"


class NotYours(Refused):
    """The office of this person does not allow this step there."""

    code = "letter_not_yours"


class CannotStep(Refused):
    """The step cannot be taken by this person now; ``bars`` is complete."""

    code = "letter_cannot_step"

    def __init__(self, bars: Iterable[Bar]) -> None:
        self.bars = list(bars)
        super().__init__(" ".join(str(BARS[bar]) for bar in self.bars))


class NotShown(Refused):
    """What somebody says to have read was not on their screen."""

    code = "letter_not_shown"


class ReasonMissing(Refused):
    """Somebody must be told why, in words."""

    code = "letter_reason_missing"


class TooLate(Refused):
    """The request ended, or was signed."""

    code = "letter_too_late"


class ChangedMeanwhile(Refused):
    """What the letter says changed since the check; it went back. ``changed`` names it."""

    code = "letter_changed"

    def __init__(self, message: object, changed: Iterable[str] = ()) -> None:
        super().__init__(str(message))
        self.changed = list(changed)


class OutsideMandate(Refused):
    """The deputy has no mandate for this letter today."""

    code = "outside_mandate"


class CannotRule(Refused):
    """The rule of a village cannot be so; the message holds every reason."""

    code = "cannot_rule_letters"


class NumberUnfit(Refused):
    """The next number cannot be written on a letter; the head mends the pattern."""

    code = "letter_number_unfit"

    def __init__(self, text: str) -> None:
        super().__init__(
            _(
                "The number %(number)s is in the book already, or is too long. Nothing"
                " was signed. The head of the village changes the pattern under"
                ' "Numbers and hours".'
            )
            % {"number": text}
        )


class NothingHandedIn(Refused):
    """What was missing is still missing: nothing was answered, changed or shown."""

    code = "nothing_handed_in"
