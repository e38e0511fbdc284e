"""The words of thanks and of weeks."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.frontline.recognition.rules.thanks import Sentence, Service
from smartkampung.frontline.recognition.rules.week import Area, Way

SERVICES: dict[Service, Promise] = {
    Service.AID: _("Aid"),
    Service.ISOLATION: _("Isolation"),
    Service.COUNTER: _("At the counter"),
}
SENTENCES: dict[Sentence, Promise] = {
    Sentence.KIND: _("Thank you: I was treated kindly and with respect."),
    Sentence.QUICK: _("Thank you: it went quickly, as promised."),
    Sentence.CLEAR: _("Thank you: everything was explained clearly."),
    Sentence.OWN: _("In my own words"),
}
AREAS: dict[Area, Promise] = {
    Area.AID: _("Aid: visits, hand-overs and answers to families"),
    Area.ISOLATION: _("Isolation: people received, seen and looked after"),
    Area.DATA: _("Records: corrections, contested numbers and duplicates"),
    Area.SERVICES: _("Services: calls to people who asked, counters and places"),
}
WAYS: dict[Way, Promise] = {
    Way.GROWTH: _("who grew most against their own four weeks before"),
    Way.SHARE: _("who kept the largest part of their dates"),
}
