"""Sample arguments of pilots (``tests/web/samples.py`` says how)."""

from smartkampung.reopening.pilots.models import Proposal, Turn
from smartkampung.reopening.pilots.rules.choosing import WEIGHTS
from smartkampung.reopening.pilots.rules.states import State
from tests.cast import HERE
from tests.domain.pilots.test_promises import a_candidate, a_proposal, a_round
from tests.piloting import MONDAY, a_pilot
from tests.web.sampling import Sample
from tests.web.scene import Scene


def _pilot() -> int:
    """Return the pilot of the scene, made once."""
    from_before = Proposal.objects.filter(pilot__village=HERE).first()
    row = from_before or a_proposal(
        pilot=a_pilot(state=State.PREPARING), evaluation={"needs": []}
    )
    key: int = row.pilot_id
    return key


def _proposal(_: Scene) -> dict[str, int]:
    return {"pk": Proposal.objects.get(pilot=_pilot()).pk}


def _turn(_: Scene) -> dict[str, int]:
    told = {"what": "ready", "on": MONDAY.date(), "by": "maya", "at": MONDAY}
    return {"pk": Turn.objects.create(pilot_id=_pilot(), **told).pk}


def _round(_: Scene) -> dict[str, int]:
    return {"pk": a_round(weights=WEIGHTS, closed_by="joko", closed_at=MONDAY).pk}


def _candidate(_: Scene) -> dict[str, int]:
    closed = a_round(weights=WEIGHTS, closed_by="joko", closed_at=MONDAY)
    return {"pk": a_candidate(round=closed).pk}


def _of_pilot(**more: str) -> Sample:
    return Sample(lambda _: {"pk": _pilot(), **more}, bound=True)


PILOTS: dict[str, Sample] = {
    "pilots:pilot": _of_pilot(),
    "pilots:photo": Sample(
        lambda at: {"pk": _pilot(), "upload_id": at.photo},
        bound=True,
        may_be_missing=True,
    ),
    "pilots:evidence": _of_pilot(step="education"),
    "pilots:visit": _of_pilot(),
    "pilots:sign": _of_pilot(),
    "pilots:act": _of_pilot(act="pause"),
    "pilots:proposal": Sample(_proposal, bound=True),
    "pilots:news": Sample(_turn, bound=True),
    "pilots:answers": Sample(lambda _: {"code": HERE}, bound=True),
    # Who compares villages may see every round; only there may one choose.
    "pilots:round": Sample(_round),
    "pilots:close": Sample(_round, bound=True),
    "pilots:candidate": Sample(_candidate, bound=True),
    "pilots_open:village": Sample(lambda _: {"code": HERE}),
    "pilots_open:round": Sample(_round),
}
