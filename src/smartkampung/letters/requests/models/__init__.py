"""Tables of requests, letters, numbers, mandates and the rules of a village."""

from smartkampung.letters.requests.models.letters import BookEntry as BookEntry
from smartkampung.letters.requests.models.letters import Letter as Letter
from smartkampung.letters.requests.models.letters import NumberSeries as NumberSeries
from smartkampung.letters.requests.models.orders import OrderItem as OrderItem
from smartkampung.letters.requests.models.orders import SigningOrder as SigningOrder
from smartkampung.letters.requests.models.requests import LetterRead as LetterRead
from smartkampung.letters.requests.models.requests import LetterRequest as LetterRequest
from smartkampung.letters.requests.models.requests import LetterStep as LetterStep
from smartkampung.letters.requests.models.requests import (
    RequirementFile as RequirementFile,
)
from smartkampung.letters.requests.models.villages import ClosedDay as ClosedDay
from smartkampung.letters.requests.models.villages import HolidayList as HolidayList
from smartkampung.letters.requests.models.villages import Mandate as Mandate
from smartkampung.letters.requests.models.villages import VillageRule as VillageRule
