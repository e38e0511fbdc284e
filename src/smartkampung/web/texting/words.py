"""The words of texts that came in."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.frontline.texting.rules.menu import Topic
from smartkampung.frontline.texting.rules.reading import Word
from smartkampung.frontline.texting.rules.states import Outcome

TOPICS: dict[Topic, Promise] = {
    Topic.REPORT: _("Report missing aid"),
    Topic.ISOLATION: _("Isolate in a house or at home"),
    Topic.LETTER: _("A letter, or another service of the office"),
    Topic.OTHER: _("Something else"),
}
OUTCOMES: dict[Outcome, tuple[Promise, str]] = {
    Outcome.HELPED: (_("helped"), "ok"),
    Outcome.NOT_REACHED: (_("not reached"), "wait"),
    Outcome.MISTAKE: (_("written by mistake"), "off"),
}
CHOICES: list[tuple[str, Promise]] = [
    (Outcome.HELPED, _("I spoke with them and helped")),
    (
        Outcome.NOT_REACHED,
        _("I called and reached nobody (on the last day they are told so by text)"),
    ),
    (Outcome.MISTAKE, _("It was written by mistake, or there is nothing to help with")),
]
CHANNELS = {"sms": "SMS", "whatsapp": "WhatsApp"}
WORDS: dict[str, Promise] = {
    Word.REPORT: _("LAPOR: report something"),
    Word.FOLLOW: _("CEK: follow a case"),
    Word.ISOLATION: _("ISOLASI: isolate"),
    Word.LETTER: _("SURAT: a letter"),
    Word.STOP: _("STOP: no more village news"),
    Word.START: _("MULAI: news again"),
    Word.HELP: _("BANTUAN: the menu"),
    Word.CALL: _("TELEPON: call me"),
    Word.URGENT: _("Danger or illness: told to call 112"),
    "": _("Answers and other words"),
}
