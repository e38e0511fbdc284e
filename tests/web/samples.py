"""Sample arguments of every address, for the permission matrix.

You added an address? Without arguments there is nothing to do. With arguments, add a
line to SAMPLES: a function from the scene (``tests/web/scene.py``, where your object
lives at RT_HERE) to the arguments of the address; ``bound=True`` when people from
elsewhere must get a 404; ``rls=True`` when the object stands behind row-level
security, too; ``words`` that nobody may read who does not see the object. The matrix
does the rest.
"""

import uuid
from typing import Any

from smartkampung.aid.queries.appeals import appeal_code
from smartkampung.aid.queries.letters import mark_of
from tests.cases import FOOD
from tests.cast import HERE, RT_HERE
from tests.web.addresses import Address as Address
from tests.web.addresses import addresses as addresses
from tests.web.frontline_samples import FRONTLINE
from tests.web.isolation_samples import ISOLATION
from tests.web.letters_samples import LETTERS
from tests.web.recovery_samples import RECOVERY
from tests.web.sampling import Sample as Sample
from tests.web.scene import WORDS, Scene


def nobody(_: Scene) -> dict[str, Any]:
    """Return the arguments of an object that does not exist."""
    return {"pk": 0}


ACCOUNT = Sample(lambda at: {"pk": at.kartika.pk}, bound=True, words=("Kartika",))

TRACKED = Sample(lambda at: {"code": at.code})
# Nothing to open with a second code, or to object to, before a human decided.
DECIDED = Sample(lambda at: {"code": at.code}, may_be_missing=True)

BOOKED = Sample(lambda at: {"code": at.stay_code})


def _claim(which: str) -> Sample:
    return Sample(lambda at: {"claim_id": getattr(at, which).pk}, bound=True, rls=True)


def _due() -> Sample:
    return Sample(lambda at: {"due_id": at.due.pk}, bound=True, rls=True)


def _person(words: tuple[str, ...] = ()) -> Sample:
    return Sample(lambda at: {"pk": at.wayan.pk}, bound=True, words=words)


def _import(words: tuple[str, ...] = (), *, may_be_missing: bool = False) -> Sample:
    return Sample(
        lambda at: {"pk": at.imported.pk},
        bound=True,
        words=words,
        may_be_missing=may_be_missing,
    )


def _export() -> Sample:
    return Sample(lambda at: {"pk": at.export.pk}, bound=True)


def _correction(words: tuple[str, ...] = ()) -> Sample:
    return Sample(lambda at: {"pk": at.correction.pk}, bound=True, words=words)


# A cycle is the regency's: one for every village. Its lists and people are not.
CYCLE = Sample(lambda at: {"cycle_id": at.village.cycle_id})
RUN = Sample(lambda at: {"run_id": at.run.pk}, bound=True)
PROPOSAL = Sample(lambda at: {"proposal_id": at.proposal.pk}, bound=True, rls=True)

OVERRIDE = Sample(lambda at: {"override_id": at.override.pk}, bound=True, rls=True)
PROXY = Sample(lambda at: {"proxy_id": at.proxy}, bound=True, rls=True)
PUBLICATION = Sample(
    lambda at: {"publication_id": at.publication}, bound=True, rls=True
)
APPEAL = Sample(
    lambda at: {"number": at.letter, "code": appeal_code(at.letter)},
    may_be_missing=True,
)
PAYMENTS = Sample(
    lambda at: {"batch_id": at.payment.batch_id}, bound=True, words=WORDS, rls=True
)
PAYMENT = Sample(
    lambda at: {"payment_id": at.payment.pk}, bound=True, words=WORDS, rls=True
)


def _list(*, may_be_missing: bool = False) -> Sample:
    return Sample(
        lambda at: {"list_id": at.village.pk}, bound=True, may_be_missing=may_be_missing
    )


SAMPLES: dict[str, Sample] = {
    "account": ACCOUNT,
    "add_office": ACCOUNT,
    "disable_account": ACCOUNT,
    "enable_account": ACCOUNT,
    "invite_again": ACCOUNT,
    "ask_reset": ACCOUNT,
    "take_office": Sample(lambda at: {"pk": at.office.pk}, bound=True),
    "decide_reset": Sample(lambda at: {"pk": at.reset.pk}, bound=True),
    "invitation": Sample(lambda _: {"text": "made-up"}, may_be_missing=True),
    # accounts: always one's own, so the object of anybody else is missing
    "end_session": Sample(nobody, may_be_missing=True),
    "mfa_remove_webauthn": Sample(nobody, may_be_missing=True),
    "revoke_token": Sample(nobody, may_be_missing=True),
    # addresses without arguments that are shut for other reasons
    "demo": Sample(may_be_missing=True),
    # places are public knowledge
    "region": Sample(lambda _: {"code": HERE}),
    # a code opens a timeline to whoever holds it, and never tells a name
    "tracking:case": TRACKED,
    "tracking:slip": TRACKED,
    "tracking:slip_pdf": TRACKED,
    "tracking:outcome": TRACKED,
    "tracking:send_code": DECIDED,
    "tracking:close": TRACKED,
    "tracking:object": DECIDED,
    "tracking:letter": DECIDED,
    "my_data:correct": Sample(lambda at: {"pk": at.wayan.pk, "field": "name"}),
    # residents
    "people:person": _person(WORDS),
    "people:looks": _person(),
    "people:reveal": _person(),
    "people:consents": _person(),
    "people:statement": _person(WORDS),
    "people:ask_identity": _person(),
    "people:family": Sample(lambda at: {"pk": at.wayan.family_id}, bound=True),
    "people:families": Sample(lambda _: {"code": RT_HERE}, bound=True, words=WORDS),
    "people:nik_claim": Sample(lambda at: {"pk": at.contest.pk}, bound=True),
    # data quality
    "quality:board": Sample(lambda _: {"code": RT_HERE}, bound=True),
    "quality:findings": Sample(
        lambda _: {"code": RT_HERE, "fault": "kk_missing"}, bound=True, words=WORDS
    ),
    # files in and out
    "imports:import": _import(WORDS),
    "imports:apply": _import(),
    "imports:undo": _import(),
    "imports:discard": _import(),
    "imports:rejections": _import(may_be_missing=True),
    "imports:review": Sample(lambda at: {"pk": at.review.pk}, bound=True, words=WORDS),
    "exports:export": _export(),
    "exports:decide": _export(),
    "exports:fetch": _export(),
    "duplicates:pair": Sample(lambda at: {"pk": at.pair.pk}, bound=True),
    "duplicates:undo": Sample(lambda at: {"pk": at.merge.pk}, bound=True),
    "duplicates:contested": Sample(lambda at: {"pk": at.contest.pk}, bound=True),
    # what happened, and what is wrong
    "life:person_events": _person(WORDS),
    "life:person_event": Sample(
        lambda at: {"pk": at.wayan.pk, "kind": "death"}, bound=True, words=WORDS
    ),
    "life:family_events": Sample(lambda at: {"pk": at.wayan.family_id}, bound=True),
    "life:family_event": Sample(
        lambda at: {"pk": at.wayan.family_id, "kind": "birth"}, bound=True, words=WORDS
    ),
    "life:correction": _correction(WORDS),
    "life:decide": _correction(WORDS),
    "life:evidence": _correction(),
    "life:ask": _person(WORDS),
    "life:ask_field": Sample(
        lambda at: {"pk": at.wayan.pk, "field": "name"}, bound=True, words=WORDS
    ),
    "population:report": Sample(lambda _: {"code": HERE}, bound=True),
    "population:table": Sample(lambda _: {"code": HERE}, bound=True),
    "population:day": Sample(lambda _: {"code": HERE}, bound=True),
    # aid
    "aid_rules:letter": Sample(
        lambda at: {"decision_id": at.letter}, bound=True, rls=True
    ),
    "aid_rules_public:verify": Sample(lambda at: {"mark": mark_of(at.letter)}),
    "aid_rules:rule": Sample(lambda _: {"code": FOOD}),
    "aid_rules:preview": Sample(lambda _: {"code": FOOD}),
    "aid_rules:edit": Sample(lambda _: {"code": FOOD}),
    "aid_rules:version": Sample(lambda at: {"pk": at.rule.pk}),
    "aid_rules:apply": Sample(lambda at: {"pk": at.rule.pk}),
    "aid_staff:claim": _claim("to_check"),
    "aid_staff:visit": _claim("to_check"),
    "aid_staff:match": _claim("unmatched"),
    "aid_staff:decide": _claim("to_decide"),
    "aid_staff:decide_again": _claim("reopened"),
    "aid_staff:object": _claim("refused"),
    "aid_staff:photo": Sample(
        lambda at: {"claim_id": at.to_decide.pk, "upload_id": at.photo},
        bound=True,
        rls=True,
    ),
    "aid_staff:objection": Sample(
        lambda at: {"objection_id": at.objection.pk}, bound=True, rls=True
    ),
    "aid_staff:due": _due(),
    "aid_staff:hand_over": _due(),
    "aid_staff:send_code": _due(),
    "aid_staff:give_back": _due(),
    "aid_staff:batch": Sample(lambda at: {"batch_id": at.batch.pk}, bound=True),
    "aid_staff:packing_list": Sample(lambda at: {"batch_id": at.batch.pk}, bound=True),
    "aid_staff:change_batch": Sample(
        lambda at: {"batch_id": at.batch.pk, "change": "close"}, bound=True
    ),
    # a card says nothing to a stranger, whatever its code
    "card": Sample(lambda at: {"code": at.card_code}),
    "aid_cards:shown": Sample(
        lambda at: {"code": at.card_code}, bound=True, words=WORDS, rls=True
    ),
    "aid_cards:places": Sample(lambda _: {"region": HERE}, bound=True),
    "aid_cards:person": Sample(
        lambda at: {"person_id": at.due.person_id}, bound=True, words=WORDS
    ),
    **RECOVERY,
    **ISOLATION,
    **FRONTLINE,
    **LETTERS,
    "aid_points:points": Sample(lambda at: {"batch_id": at.batch.pk}, bound=True),
    "aid_points:point": Sample(lambda at: {"point_id": at.point}, bound=True),
    "aid_points:carry": Sample(lambda at: {"point_id": at.point}, bound=True),
    "aid_points:change": Sample(
        lambda at: {"point_id": at.point, "change": "fill"}, bound=True
    ),
    "aid_proxies:person": Sample(
        lambda at: {"person_id": at.wayan.pk}, bound=True, words=WORDS
    ),
    "aid_proxies:proxy": PROXY,
    "aid_proxies:end": PROXY,
    "aid_goods:warehouse": Sample(lambda _: {"region": HERE}, bound=True),
    "aid_goods:counts": Sample(lambda _: {"region": HERE}, bound=True),
    "aid_goods:decide": Sample(lambda at: {"count_id": at.stock_count}, bound=True),
    "aid_goods:write": Sample(lambda _: {"region": HERE}, bound=True),
    "aid_goods:count": Sample(
        lambda _: {"region": HERE, "move_id": uuid.uuid4()},
        bound=True,
        may_be_missing=True,
    ),
    "aid_open:programme": Sample(lambda _: {"code": FOOD}),
    "aid_open:recipients": Sample(lambda _: {"code": "blt_dd", "region": HERE}),
    "aid_publish:publication": PUBLICATION,
    "aid_publish:withdraw": PUBLICATION,
    "aid_publish:paper": Sample(
        lambda at: {"publication_id": at.posted, "village": HERE},
        bound=True,
        rls=True,
    ),
    "aid_open:place": Sample(lambda _: {"code": FOOD, "region": HERE}),
    "aid_audit:claim_thread": _claim("to_check"),
    "aid_audit:proposal_thread": PROPOSAL,
    "aid_audit:person_history": _person(WORDS),
    "aid_audit:family_history": Sample(
        lambda at: {"pk": at.wayan.family_id}, bound=True, words=WORDS
    ),
    "aid_audit:check": Sample(lambda _: {"error": "deceased"}, words=WORDS),
    "aid_audit:table": Sample(lambda _: {"error": "paid_twice"}, words=WORDS),
    "complaint:follow": Sample(lambda at: {"code": at.complaint_code}),
    "aid_complaints:complaint": Sample(
        lambda at: {"complaint_id": at.complaint}, bound=True, rls=True
    ),
    "aid_complaints:answer": Sample(
        lambda at: {"complaint_id": at.complaint}, bound=True, rls=True
    ),
    "grievance:fill": Sample(lambda _: {"kind": "question"}),
    "grievance:send": Sample(lambda _: {"kind": "question"}),
    "grievance:follow": Sample(lambda at: {"code": at.grievance_code}),
    "grievance:speak": Sample(lambda at: {"code": at.grievance_code}),
    "aid_grievances:grievance": Sample(
        lambda at: {"grievance_id": at.grievance}, bound=True, words=WORDS, rls=True
    ),
    "grievance:letter": Sample(
        lambda at: {"code": at.grievance_code}, may_be_missing=True
    ),
    "aid_grievances:letter": Sample(
        lambda at: {"grievance_id": at.grievance}, bound=True, may_be_missing=True
    ),
    "aid_grievances:objection_letter": Sample(
        lambda at: {"objection_id": at.objection.pk}, bound=True, may_be_missing=True
    ),
    "appeal:appeal": APPEAL,
    "appeal:letter": APPEAL,
    "letters:verify": Sample(lambda _: {"mark": "g1.made-up"}, may_be_missing=True),
    "aid_grievances:overseen_one": Sample(
        lambda at: {"grievance_id": at.overseen}, bound=True, words=WORDS, rls=True
    ),
    "confirmation:answer": Sample(lambda at: {"code": at.asked}),
    "aid_confirmation:slip": Sample(
        lambda at: {"confirmation_id": at.gap}, bound=True, may_be_missing=True
    ),
    "aid_confirmation:gap": Sample(
        lambda at: {"confirmation_id": at.gap}, bound=True, rls=True
    ),
    "aid_payments:batch": PAYMENTS,
    "aid_payments:fill": PAYMENTS,
    "aid_payments:stop": PAYMENTS,
    "aid_payments:ask": PAYMENTS,
    "aid_payments:approve": PAYMENTS,
    "aid_payments:reopen": PAYMENTS,
    "aid_payments:send": PAYMENTS,
    "aid_payments:file": PAYMENTS,
    "aid_payments:answer": PAYMENTS,
    "aid_payments:payment": PAYMENT,
    "aid_payments:remove": PAYMENT,
    "aid_payments:settle": PAYMENT,
    "aid_payments:recall": PAYMENT,
    "aid_payments:recalls": PAYMENTS,
    "aid_payments:recall_answer": PAYMENTS,
    "aid_payments:brought_list": Sample(
        lambda at: {"list_id": at.brought_list.pk}, bound=True, rls=True
    ),
    "aid_payments:compared_list": Sample(
        lambda at: {"list_id": at.compared_list.pk}, bound=True, rls=True
    ),
    "aid_payments:accounts": Sample(
        lambda at: {"person_id": at.wayan.pk}, bound=True, words=WORDS
    ),
    "aid_payments:account": Sample(
        lambda at: {"account_id": at.account.pk}, bound=True, words=WORDS, rls=True
    ),
    "aid_cycles:letter": Sample(PROPOSAL.make, bound=True, may_be_missing=True),
    "my_data:list_letter": Sample(PROPOSAL.make, may_be_missing=True),
    "list_letters:verify": Sample(lambda _: {"mark": "made-up"}, may_be_missing=True),
    "aid_cycles:cycle": CYCLE,
    "aid_cycles:tranche": CYCLE,
    "aid_cycles:close": CYCLE,
    "aid_cycles:start_proposing": CYCLE,
    "aid_cycles:start_approving": CYCLE,
    "aid_cycles:start_releasing": CYCLE,
    "aid_cycles:run": RUN,
    "aid_cycles:undo": RUN,
    "aid_cycles:stop": RUN,
    "aid_cycles:village": _list(),
    "aid_cycles:meeting": _list(),
    # the minutes name everybody, so the heads of RT and RW do not get them
    "aid_cycles:minutes": _list(may_be_missing=True),
    "aid_cycles:propose": _list(),
    "aid_cycles:quota": _list(),
    "aid_cycles:verify": _list(),
    "aid_cycles:send": _list(),
    "aid_cycles:decide": _list(),
    "aid_cycles:approve": _list(),
    "aid_cycles:return_undecided": _list(),
    "aid_cycles:return_unapproved": _list(),
    "aid_cycles:replace": _list(),
    "aid_cycles:proposal": PROPOSAL,
    "aid_cycles:visits": PROPOSAL,
    "aid_cycles:take_off": PROPOSAL,
    "aid_cycles:change": Sample(
        lambda at: {"proposal_id": at.proposal.pk, "change": "stop"},
        bound=True,
        rls=True,
    ),
    # a programme and its rules are the regency's: one for every village
    "aid_staff:change_programme": Sample(lambda _: {"code": FOOD}),
    "aid_staff:ask_for_budget": Sample(lambda _: {"code": FOOD}),
    "aid_staff:overrides": Sample(),
    "aid_staff:override": OVERRIDE,
    "aid_staff:decide_override": OVERRIDE,
    "aid_staff:override_claim": Sample(
        lambda at: {**at.blocked, "code": FOOD}, bound=True, rls=True
    ),
    "aid_staff:override_proposal": Sample(
        lambda at: {"proposal_id": at.proposal.pk, "enrolment_id": at.listed},
        bound=True,
        rls=True,
    ),
    "aid_staff:budget": Sample(lambda at: {"request_id": at.wish.pk}, bound=True),
    # jobs belong to no place
    "retry_job": Sample(nobody),
    # phases are the regency's: one for every village
    "report:screen": Sample(lambda at: {"form_id": uuid.uuid4(), "step": "card"}),
    "report_staff:close_phase": Sample(lambda at: {"phase_id": at.phase.pk}),
    "report_staff:change_quota": Sample(lambda at: {"phase_id": at.phase.pk}),
    # a code opens a booking to whoever holds it, and never tells a name
    "booking:screen": Sample(lambda at: {"form_id": uuid.uuid4(), "step": "guest1"}),
    "stay:case": BOOKED,
    "stay:slip": BOOKED,
    "stay:slip_pdf": BOOKED,
    "stay:cancel": BOOKED,
    "stay:arrival": BOOKED,
    "stay:take": BOOKED,
    "stay:confirm": BOOKED,
    "stay:send_code": BOOKED,
    # the API
    "api:api-root": Sample(may_be_missing=True, any_method=True),
    "api:api_nothing_here": Sample(
        lambda _: {"rest": "made/up"}, may_be_missing=True, any_method=True
    ),
    "api:openapi-json": Sample(any_method=True),
    "api:follow_aid_report": TRACKED,
    "api:read_claim": _claim("to_check"),
    "api:follow_booking": BOOKED,
    "api:cancel_booking": BOOKED,
    "api:change_day": BOOKED,
    "api:take_offer": BOOKED,
}
