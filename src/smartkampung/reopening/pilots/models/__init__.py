"""Tables of pilots."""

from smartkampung.reopening.pilots.models.phases import Pause as Pause
from smartkampung.reopening.pilots.models.phases import PhaseSpell as PhaseSpell
from smartkampung.reopening.pilots.models.pilots import Evidence as Evidence
from smartkampung.reopening.pilots.models.pilots import Pilot as Pilot
from smartkampung.reopening.pilots.models.pilots import Proposal as Proposal
from smartkampung.reopening.pilots.models.pilots import SignOff as SignOff
from smartkampung.reopening.pilots.models.pilots import Turn as Turn
from smartkampung.reopening.pilots.models.pilots import Visit as Visit
from smartkampung.reopening.pilots.models.rounds import Answers as Answers
from smartkampung.reopening.pilots.models.rounds import Candidate as Candidate
from smartkampung.reopening.pilots.models.rounds import Round as Round
