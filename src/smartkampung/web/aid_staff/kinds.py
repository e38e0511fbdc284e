"""The kinds of work on the list: what they are called and where they are done."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import OFFICES, Permission
from smartkampung.reopening.pilots.actions.writing import SIGN_OF
from smartkampung.web.field.worklist import LOOKS, WORK


@dataclass(frozen=True)
class Kind:
    """One kind of work: its words, who does it, and the page where it is done."""

    label: Promise
    permission: Permission
    page: str


KINDS: dict[str, Kind] = {
    "aid.field_check": Kind(
        _("Visit a family"), Permission.FIELD_CHECK, "aid_staff:visit"
    ),
    "aid.decide": Kind(
        _("Decide a claim"), Permission.CLAIM_DECIDE, "aid_staff:decide"
    ),
    "aid.batch": Kind(_("Put into a batch"), Permission.BATCH_PREPARE, "aid_staff:due"),
    "aid.hand_over": Kind(
        _("Hand over aid"), Permission.HANDOVER_RECORD, "aid_staff:hand_over"
    ),
    "aid.return": Kind(
        _("Agree that aid goes back"), Permission.HANDOVER_RECORD, "aid_staff:hand_over"
    ),
    "aid.answer_complaint": Kind(
        _("Answer a complaint about a cut"),
        Permission.COMPLAINT_ANSWER,
        "aid_complaints:complaint",
    ),
    "aid.confirmation_gap": Kind(
        _("Look at a gap that a family told"),
        Permission.CONFIRMATION_FOLLOW,
        "aid_confirmation:gap",
    ),
    "aid.grievance": Kind(
        _("Answer a grievance"), Permission.GRIEVANCE_ANSWER, "aid_grievances:grievance"
    ),
    "aid.grievance_review": Kind(
        _("Answer a grievance at the kecamatan"),
        Permission.GRIEVANCE_REVIEW,
        "aid_grievances:grievance",
    ),
    "aid.grievance_settle": Kind(
        _("Answer a grievance at Dinsos"),
        Permission.GRIEVANCE_SETTLE,
        "aid_grievances:grievance",
    ),
    "aid.answer_objection": Kind(
        _("Answer an objection"), Permission.OBJECTION_ANSWER, "aid_staff:objection"
    ),
    "aid.decide_again": Kind(
        _("Decide a claim after an objection"),
        Permission.OBJECTION_ANSWER,
        "aid_staff:decide_again",
    ),
    "aid.decide_budget": Kind(
        _("Decide about a budget"), Permission.PROGRAMME_MANAGE, "aid_staff:budget"
    ),
    "aid.decide_override": Kind(
        _("Decide about an exception"), Permission.OVERRIDE_DECIDE, "aid_staff:override"
    ),
    "aid.propose_list": Kind(
        _("Propose families for aid"), Permission.LIST_PROPOSE, "aid_cycles:village"
    ),
    "aid.verify_list": Kind(
        _("Visit the proposed families"), Permission.FIELD_CHECK, "aid_cycles:visits"
    ),
    "aid.decide_list": Kind(
        _("Sign the list of the village"), Permission.LIST_DECIDE, "aid_cycles:village"
    ),
    "aid.approve_list": Kind(
        _("Approve the list of a village"),
        Permission.LIST_APPROVE,
        "aid_cycles:village",
    ),
    "aid.list_batch": Kind(
        _("Bring approved aid to a village"),
        Permission.BATCH_PREPARE,
        "aid_cycles:village",
    ),
    "aid.decide_publication": Kind(
        _("Decide whether a list is posted"),
        Permission.PUBLICATION_MANAGE,
        "aid_publish:publication",
    ),
    "aid.review_recipient": Kind(
        _("Look at a suspended recipient"),
        Permission.RECIPIENT_CHANGE,
        "aid_cycles:proposal",
    ),
    "aid.replace_recipient": Kind(
        _("Give a free place to the next"),
        Permission.RECIPIENT_CHANGE,
        "aid_cycles:village",
    ),
    "aid.approve_payment": Kind(
        _("Approve a batch of payments"),
        Permission.PAYMENT_APPROVE,
        "aid_payments:batch",
    ),
    "aid.fill_payment": Kind(
        _("Go on filling a batch of payments"),
        Permission.PAYMENT_PREPARE,
        "aid_payments:batch",
    ),
    "aid.send_payment": Kind(
        _("Send a batch of payments"), Permission.PAYMENT_SEND, "aid_payments:batch"
    ),
    "aid.answer_payment": Kind(
        _("Read the answer about payments"),
        Permission.PAYMENT_SEND,
        "aid_payments:batch",
    ),
    "aid.payment_failed": Kind(
        _("Look at a payment that failed"),
        Permission.PAYMENT_PREPARE,
        "aid_payments:payment",
    ),
    "aid.payment_contradicted": Kind(
        _("Ask the bank about a payment"),
        Permission.PAYMENT_PREPARE,
        "aid_payments:payment",
    ),
    "aid.approve_proxy": Kind(
        _("Approve a proxy"), Permission.PROXY_APPROVE, "aid_proxies:proxy"
    ),
    "aid.approve_count": Kind(
        _("Look at a difference in a warehouse"),
        Permission.STOCK_APPROVE,
        "aid_goods:decide",
    ),
    "aid.confirm_account": Kind(
        _("Confirm an account"), Permission.ACCOUNT_CONFIRM, "aid_payments:account"
    ),
    "aid.apply_rule": Kind(
        _("Bring a rule into force"), Permission.PROGRAMME_MANAGE, "aid_rules:version"
    ),
    # One name for the ill and the missed: whoever sees it wait learns nothing of health.
    "isolation.see": Kind(
        _("See somebody in isolation"),
        Permission.MONITORING_RECORD,
        "isolation_monitoring:alert",
    ),
    "isolation.look_for": Kind(
        _("Look for somebody in isolation"),
        Permission.ESCALATION_ANSWER,
        "isolation_monitoring:alert",
    ),
    "isolation.decide_exit": Kind(
        _("Decide about the end of an isolation"),
        Permission.RELEASE_DECIDE,
        "isolation_monitoring:alert",
    ),
    "residents.nik_claim": Kind(
        _("Decide who owns a NIK"), Permission.NIK_CLAIM_DECIDE, "people:nik_claim"
    ),
    "residents.correction": Kind(
        _("Decide a correction"), Permission.CORRECTION_DECIDE, "life:correction"
    ),
    "residents.import_review": Kind(
        _("Decide what an import would not guess"),
        Permission.REGISTRY_IMPORT,
        "imports:import",
    ),
    "residents.import_move": Kind(
        _("Let somebody move to another village"),
        Permission.REGISTRY_IMPORT,
        "imports:review",
    ),
    "residents.export_approval": Kind(
        _("Allow a large export"), Permission.REGISTRY_EXPORT, "exports:export"
    ),
    "isolation.inspect_house": Kind(
        _("Inspect an isolation house"),
        Permission.HOUSE_INSPECT,
        "isolation_houses:inspect",
    ),
    "isolation.relocate": Kind(
        _("Find another house for people who lost their beds"),
        Permission.ARRIVAL_RECORD,
        "isolation_houses:move",
    ),
    "isolation.mend_house": Kind(
        _("Mend an isolation house"), Permission.HOUSE_MANAGE, "isolation_houses:house"
    ),
    "duplicates.pair": Kind(
        _("Compare two records"), Permission.DUPLICATES_DECIDE, "duplicates:pair"
    ),
    "isolation.referred": Kind(
        _("Follow somebody to the hospital"),
        Permission.MONITORING_RECORD,
        "isolation_arrival:referral",
    ),
    "economy.alert": Kind(
        _("Look at a sector that fell or is back"),
        Permission.ECONOMY_ENTER,
        "economy:alert",
    ),
    "recovery.open_offer": Kind(
        _("Open an offer that a colleague wrote"),
        Permission.RECOVERY_MANAGE,
        "recovery_staff:offer",
    ),
    "recovery.close_offer": Kind(
        _("Decide whether an offer is closed"),
        Permission.RECOVERY_MANAGE,
        "recovery_staff:closing",
    ),
    "recovery.pay_owed": Kind(
        _("Pay what was earned in a closed offer"),
        Permission.RECOVERY_MANAGE,
        "recovery_staff:offer",
    ),
    "recovery.pay": Kind(
        _("Hand a grant or loan over"),
        Permission.RECOVERY_MANAGE,
        "recovery_staff:seat",
    ),
    "recovery.answer": Kind(
        _("Hear whether somebody takes their place"),
        Permission.RECOVERY_ATTEND,
        "recovery_staff:seat",
    ),
    "recovery.outcome": Kind(
        _("Ask somebody what they earn now"),
        Permission.RECOVERY_ATTEND,
        "recovery_staff:seat",
    ),
    "recovery.arrears": Kind(
        _("Look after a loan that is late"),
        Permission.RECOVERY_REPAY,
        "recovery_staff:loan",
    ),
    "isolation.expected": Kind(
        _("Expect people who come to isolate"),
        Permission.STAY_VIEW,
        "isolation_arrival:party",
    ),
    "affected.verify": Kind(
        _("Verify somebody hit by the crisis"),
        Permission.AFFECTED_VERIFY,
        "affected_staff:record",
    ),
    "affected.match": Kind(
        _("Say who registered"), Permission.AFFECTED_VERIFY, "affected_staff:match"
    ),
    "affected.recovery": Kind(
        _("Ask somebody who says they recovered, or fell back"),
        Permission.AFFECTED_VERIFY,
        "affected_staff:record",
    ),
    "affected.take_list": Kind(
        _("Decide about the list of an employer"),
        Permission.AFFECTED_IMPORT,
        "affected_staff:list",
    ),
    "pilots.prepare": Kind(
        _("Show that the village is ready"), Permission.PILOT_PREPARE, "pilots:pilot"
    ),
    "pilots.visit": Kind(
        _("Visit a village that prepares"), Permission.PILOT_VISIT, "pilots:pilot"
    ),
    "pilots.sign": Kind(
        _("Sign the gate of a village"), Permission.PILOT_SIGN, "pilots:sign"
    ),
    **{
        kind: Kind(_("Sign the gate of a village"), permission, "pilots:sign")
        for kind, permission in SIGN_OF.values()
    },
    "pilots.decide": Kind(
        _("Decide whether a village goes back"),
        Permission.PILOT_DECIDE,
        "pilots:proposal",
    ),
    "pilots.silent": Kind(
        _("Nothing is heard of a village that reopens"),
        Permission.PILOT_DECIDE,
        "pilots:pilot",
    ),
    "pilots.told_village": Kind(
        _("Read what changed in your village"), Permission.PILOT_PREPARE, "pilots:news"
    ),
    "pilots.told_pillars": Kind(
        _("Read what changed in a village you watch"),
        Permission.PLACE_INSPECT,
        "pilots:news",
    ),
    "affected.follow_up": Kind(
        _("Look at somebody who recovered"),
        Permission.AFFECTED_VERIFY,
        "affected_staff:follow_up",
    ),
    "counters.over": Kind(
        _("Call people: too many for a time"),
        Permission.COUNTER_SERVE,
        "counters_staff:over",
    ),
    "places.accept": Kind(
        _("Say whether a place belongs in the register"),
        Permission.PLACE_REGISTER,
        "protocols_staff:place",
    ),
    "places.inspect": Kind(
        _("Inspect a place"), Permission.PLACE_INSPECT, "protocols_staff:inspect"
    ),
    "places.suspend": Kind(
        _("Decide whether a place is suspended"),
        Permission.PLACE_SUSPEND,
        "protocols_staff:suspension",
    ),
    "places.lift": Kind(
        _("Lift a suspension after a passed inspection"),
        Permission.PLACE_SUSPEND,
        "protocols_staff:suspension",
    ),
    "places.complaint": Kind(
        _("Answer a complaint about a place"),
        Permission.PLACE_INSPECT,
        "protocols_staff:complaint",
    ),
    "cases.twice": Kind(
        _("Two cases: one person or two?"), Permission.CASE_RECORD, "zones:case"
    ),
    "cases.doubted": Kind(
        _("Isolation says otherwise"), Permission.CASE_RECORD, "zones:case"
    ),
    "voice.approve_broadcast": Kind(
        _("Allow a message to many families"),
        Permission.BROADCAST_APPROVE,
        "news:decide_broadcast",
    ),
    "places.event": Kind(
        _("Decide about an event"), Permission.EVENT_DECIDE, "protocols_staff:event"
    ),
    # The same words: whoever sees it wait learns nothing of health.
    **{
        f"field.{kind}{about}": Kind(words, permission, f"field:{page}{about}")
        for about, permission in LOOKS
        for kind, page, words in WORK
    },
    "places.event_worse": Kind(
        _("Look at an event whose zone became worse"),
        Permission.EVENT_DECIDE,
        "protocols_staff:event",
    ),
    "guidance.confirm": Kind(
        _("Confirm new guidance"), Permission.GUIDANCE_MANAGE, "guidance_staff:confirm"
    ),
    "texting.assist": Kind(
        _("Call somebody who asked by text"), Permission.TEXT_ANSWER, "texting:assist"
    ),
    "texting.full_day": Kind(
        _("Answers to texts are used up"), Permission.JOBS_VIEW, "texting:full_day"
    ),
}
KINDS |= {
    f"voice.do_{role}": Kind(_("Do what an announcement asks"), permission, "news:task")
    for role, permission in OFFICES.items()
}
PERMISSIONS = sorted({kind.permission for kind in KINDS.values()})


def label_of(kind: str) -> str:
    """Return what a kind of work is called."""
    known = KINDS.get(kind)
    return str(known.label) if known else kind


def url_of(kind: str, target: str) -> str:
    """Return the page where an item is done, or "" while there is none."""
    known = KINDS.get(kind)
    if known is None:
        return ""
    try:
        return reverse(known.page, args=[target.rpartition(":")[2]])
    except NoReverseMatch:
        return ""
