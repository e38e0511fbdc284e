"""Roles are plain classes that list permissions. Default is deny.

A permission says what a role may do; jurisdiction (where) is on the assignment.
"""

from enum import StrEnum


class Permission(StrEnum):
    """Everything a member of staff can be allowed to do."""

    REGION_VIEW = "region.view"
    RESIDENT_FIND = "resident.find"
    RESIDENT_VIEW = "resident.view"
    RESIDENT_REVEAL = "resident.reveal"
    ACCESS_LOG_VIEW = "resident.access_log"
    STATEMENT_PRINT = "resident.statement"
    NIK_CLAIM_DECIDE = "resident.nik_claim_decide"
    LIFE_EVENT_RECORD = "resident.life_event_record"
    POPULATION_VIEW = "resident.population_view"
    CORRECTION_VIEW = "resident.correction_view"
    CORRECTION_ASK = "resident.correction_ask"
    CORRECTION_DECIDE = "resident.correction_decide"
    IDENTITY_ASK = "identity.ask"
    QUALITY_VIEW = "quality.view"
    QUALITY_MEND = "quality.mend"
    REGISTRY_IMPORT = "resident.import"
    REGISTRY_EXPORT = "resident.export"
    DUPLICATES_DECIDE = "resident.duplicates_decide"
    REPORT_VIEW = "aid.report_view"
    REPORT_ASSIST = "aid.report_assist"
    FIELD_CHECK = "aid.field_check"
    CLAIM_DECIDE = "aid.claim_decide"
    OBJECTION_ANSWER = "aid.objection_answer"  # and decide what it reopened
    BATCH_PREPARE = "aid.batch_prepare"
    HANDOVER_RECORD = "aid.handover_record"
    CARD_MAKE = "aid.card_make"
    PROXY_RECORD = "aid.proxy_record"
    PROXY_APPROVE = "aid.proxy_approve"
    CONFIRMATION_VIEW = "aid.confirmation_view"
    CONFIRMATION_FOLLOW = "aid.confirmation_follow"
    COMPLAINT_VIEW = "aid.complaint_view"
    COMPLAINT_ANSWER = "aid.complaint_answer"
    GRIEVANCE_VIEW = "aid.grievance_view"
    GRIEVANCE_ANSWER = "aid.grievance_answer"  # the village
    GRIEVANCE_REVIEW = "aid.grievance_review"  # the kecamatan
    GRIEVANCE_SETTLE = "aid.grievance_settle"  # Dinsos
    GRIEVANCE_OVERSEE = "aid.grievance_oversee"  # conduct of Dinsos itself
    STOCK_VIEW = "aid.stock_view"
    STOCK_MOVE = "aid.stock_move"
    STOCK_APPROVE = "aid.stock_approve"  # book what a count found
    PROGRAMME_VIEW = "aid.programme_view"
    PROGRAMME_MANAGE = "aid.programme_manage"
    PHASE_MANAGE = "aid.phase_manage"
    CYCLE_VIEW = "aid.cycle_view"
    CYCLE_PLAN = "aid.cycle_plan"
    LIST_PROPOSE = "aid.list_propose"
    LIST_DECIDE = "aid.list_decide"
    LIST_APPROVE = "aid.list_approve"
    RECIPIENT_CHANGE = "aid.recipient_change"
    OVERRIDE_VIEW = "aid.override_view"
    OVERRIDE_ASK = "aid.override_ask"
    OVERRIDE_DECIDE = "aid.override_decide"
    PAYMENT_VIEW = "aid.payment_view"
    PAYMENT_PREPARE = "aid.payment_prepare"
    PAYMENT_APPROVE = "aid.payment_approve"
    PAYMENT_SEND = "aid.payment_send"  # fetch the file, read the answer
    ACCOUNT_RECORD = "aid.account_record"
    ACCOUNT_CONFIRM = "aid.account_confirm"
    PUBLICATION_MANAGE = "aid.publication_manage"  # ask for it, or switch it on
    LIST_POST = "aid.list_post"
    HOUSE_VIEW = "isolation.house_view"
    HOUSE_MANAGE = "isolation.house_manage"
    HOUSE_INSPECT = "isolation.house_inspect"
    STAY_VIEW = "isolation.stay_view"  # who is where; nothing about health
    ARRIVAL_RECORD = "isolation.arrival_record"
    ARRIVAL_AWAIT = "isolation.arrival_await"  # whose work it is to let people in
    GATE_VIEW = "isolation.gate_view"  # who is to come through one's own checkpoint
    MONITORING_RECORD = "isolation.monitoring_record"
    ISOLATION_HEALTH_VIEW = "isolation.health_view"  # symptoms, readings, case class
    ISOLATION_SUPERVISE = "isolation.supervise"  # the three pillars
    ESCALATION_ANSWER = "isolation.escalation_answer"
    RELEASE_DECIDE = "isolation.release_decide"
    CARE_ENTRUST = "isolation.care_entrust"  # who looks after whom
    INTAKE_VILLAGE = "isolation.intake_village"  # how many a village receives a day
    INTAKE_CENTRE = "isolation.intake_centre"  # how many a Puskesmas looks after
    PROTOCOL_MANAGE = "isolation.protocol_manage"  # ladder, limits, classes, release
    MEALS_VIEW = "isolation.meals_view"
    ISOLATION_FIGURES = "isolation.figures"
    AFFECTED_VIEW = "recovery.affected_view"
    AFFECTED_REGISTER = "recovery.affected_register"  # for somebody who asks
    AFFECTED_IMPORT = "recovery.affected_import"  # lists of employers, associations
    AFFECTED_VERIFY = "recovery.affected_verify"
    TARGETING_VIEW = "recovery.targeting_view"
    TARGETING_PLAN = "recovery.targeting_plan"
    TARGETING_APPROVE = "recovery.targeting_approve"
    RECOVERY_VIEW = "recovery.programme_view"
    RECOVERY_MANAGE = "recovery.programme_manage"
    RECOVERY_ATTEND = "recovery.attendance_record"
    RECOVERY_REPAY = "recovery.repayment_record"
    ECONOMY_VIEW = "recovery.economy_view"
    ECONOMY_ENTER = "recovery.economy_enter"
    GUIDANCE_MANAGE = "reopening.guidance_manage"  # write versions, confirm others'
    CASE_VIEW = "reopening.case_view"  # who is ill, and where they live
    CASE_RECORD = "reopening.case_record"
    ZONE_VIEW = "reopening.zone_view"  # colours and counts, nobody's name
    SIGNAL_VIEW = "reopening.signal_view"
    SIGNAL_ENTER = "reopening.signal_enter"  # tests, beds, official colours
    PILOT_VIEW = "reopening.pilot_view"
    PILOT_CHOOSE = "reopening.pilot_choose"
    PILOT_PREPARE = "reopening.pilot_prepare"  # evidence of readiness
    PILOT_VISIT = "reopening.pilot_visit"  # the task force looks at a village
    PILOT_SIGN = "reopening.pilot_sign"  # a gate, for one's office
    # Whose turn it is to sign: each office finds its own on its list of work.
    SIGN_LEADERSHIP = "reopening.sign_leadership"
    SIGN_KECAMATAN_OFFICER = "reopening.sign_kecamatan_officer"
    SIGN_VILLAGE_HEAD = "reopening.sign_village_head"
    SIGN_PUSKESMAS_OFFICER = "reopening.sign_puskesmas_officer"
    SIGN_BABINSA = "reopening.sign_babinsa"
    SIGN_BHABINKAMTIBMAS = "reopening.sign_bhabinkamtibmas"
    PILOT_DECIDE = "reopening.pilot_decide"  # pause, go back, resume
    PLACE_VIEW = "reopening.place_view"
    PLACE_REGISTER = "reopening.place_register"
    PLACE_INSPECT = "reopening.place_inspect"
    PLACE_SUSPEND = "reopening.place_suspend"
    EVENT_DECIDE = "reopening.event_decide"
    COUNTER_MANAGE = "reopening.counter_manage"  # when it opens, and for how many
    COUNTER_SERVE = "reopening.counter_serve"
    ANNOUNCE = "frontline.announce"  # to staff of one's area; may ask for an act
    BROADCAST = "frontline.broadcast"  # to residents' phones
    BROADCAST_APPROVE = "frontline.broadcast_approve"  # a colleague's, when it costs
    TEXT_ANSWER = "frontline.text_answer"  # people who wrote by SMS or WhatsApp
    KINDNESS_VIEW = "frontline.kindness_view"  # birthdays, elderly who live alone
    OFFICE_HAND_OVER = "frontline.office_hand_over"  # terms of others in one's area
    FIELD_APP = "frontline.field_app"  # work without a network
    FIELD_REVIEW = "frontline.field_review"  # what came late or contradicts
    LETTER_VIEW = "letters.view"  # who asked for what, and where it is
    LETTER_FILE = "letters.file"  # what it says, its papers, and the signed letter
    LETTER_ASK = "letters.ask"  # on behalf of somebody who is there
    LETTER_CONFIRM = "letters.confirm"  # the neighbourhood knows it is so
    LETTER_CHECK = "letters.check"
    LETTER_SIGN = "letters.sign"
    LETTER_DEPUTISE = "letters.deputise"  # sign while a mandate of the head holds
    LETTER_COSIGN = "letters.cosign"  # the kecamatan
    LETTER_KEY = "letters.key"  # a certificate of one's own
    LETTER_REVOKE = "letters.revoke"
    LETTER_SERVE = "letters.serve"  # the counter
    LETTER_REGISTER = "letters.register"  # the register book of a village
    LETTER_FIGURES = "letters.figures"
    LETTER_WORDING_WRITE = "letters.wording_write"
    LETTER_WORDING_CONFIRM = "letters.wording_confirm"
    LETTER_RULES = "letters.rules"  # numbers, steps and mandates of a village
    # What is asked of one office, and of nobody above it.
    OFFICE_KECAMATAN = "office.kecamatan_officer"
    OFFICE_VILLAGE_HEAD = "office.village_head"
    OFFICE_VILLAGE = "office.village_officer"
    OFFICE_RW = "office.rw_head"
    OFFICE_RT = "office.rt_head"
    OFFICE_PUSKESMAS = "office.puskesmas_officer"
    OFFICE_BABINSA = "office.babinsa"
    OFFICE_BHABINKAMTIBMAS = "office.bhabinkamtibmas"
    OFFICE_CHECKPOINT = "office.checkpoint_officer"
    SUMMARY_VIEW = "summary.view"
    STAFF_MANAGE = "staff.manage"
    AUDIT_VIEW = "audit.view"
    ASSURANCE_VIEW = "aid.assurance_view"
    THREAD_EXPORT = "aid.thread_export"
    JOBS_VIEW = "jobs.view"
    GALLERY_VIEW = "gallery.view"
    DESK = "desk"  # the sign-in home, own sessions and tokens


class Role(StrEnum):
    """The offices people hold, in the words of the regency."""

    SYSTEM_ADMIN = "system_admin"
    LEADERSHIP = "leadership"
    DINSOS = "dinsos"
    DINKES = "dinkes"
    ECONOMIC_OFFICE = "economic_office"
    KECAMATAN_OFFICER = "kecamatan_officer"
    VILLAGE_HEAD = "village_head"
    VILLAGE_OFFICER = "village_officer"
    RW_HEAD = "rw_head"
    RT_HEAD = "rt_head"
    PUSKESMAS_OFFICER = "puskesmas_officer"
    BABINSA = "babinsa"
    BHABINKAMTIBMAS = "bhabinkamtibmas"
    CHECKPOINT_OFFICER = "checkpoint_officer"
    AUDITOR = "auditor"
    INSPECTORATE = "inspectorate"


_P = Permission
_EVERYONE = frozenset({_P.DESK, _P.REGION_VIEW, _P.GALLERY_VIEW})
_SEES_RESIDENTS = frozenset({_P.RESIDENT_FIND, _P.RESIDENT_VIEW, _P.ACCESS_LOG_VIEW})
_SEES_AID = frozenset({_P.REPORT_VIEW, _P.PROGRAMME_VIEW, _P.CYCLE_VIEW})
_CONFIRMS = frozenset({_P.CONFIRMATION_VIEW, _P.CONFIRMATION_FOLLOW})
_STOCK = frozenset({_P.STOCK_VIEW, _P.STOCK_MOVE})
_MENDS = frozenset({_P.QUALITY_VIEW, _P.QUALITY_MEND})
_PAYS = frozenset({_P.PAYMENT_VIEW, _P.PAYMENT_PREPARE, _P.PAYMENT_APPROVE})
_SEES_RECOVERY = frozenset(
    {_P.AFFECTED_VIEW, _P.TARGETING_VIEW, _P.RECOVERY_VIEW, _P.ECONOMY_VIEW}
)
_SEES_REOPENING = frozenset({_P.ZONE_VIEW, _P.PILOT_VIEW, _P.PLACE_VIEW})
_PILLAR = _SEES_REOPENING | {_P.PILOT_SIGN, _P.PLACE_INSPECT, _P.FIELD_APP}
_WATCHES = frozenset(  # presence and safety, never symptoms
    {_P.HOUSE_VIEW, _P.STAY_VIEW, _P.ISOLATION_SUPERVISE, _P.ESCALATION_ANSWER}
)
_NURSES = frozenset(
    {_P.HOUSE_VIEW, _P.HOUSE_INSPECT, _P.STAY_VIEW, _P.ARRIVAL_RECORD}
    | {_P.MONITORING_RECORD, _P.ISOLATION_HEALTH_VIEW, _P.ESCALATION_ANSWER}
    | {_P.RELEASE_DECIDE, _P.MEALS_VIEW, _P.ISOLATION_FIGURES}
    | {_P.CARE_ENTRUST, _P.INTAKE_CENTRE}
)
_HOSTS = _WATCHES | {
    _P.HOUSE_MANAGE,
    _P.ARRIVAL_RECORD,
    _P.ARRIVAL_AWAIT,
    _P.MEALS_VIEW,
    _P.ISOLATION_FIGURES,
}
_NEIGHBOURHOOD = (
    _EVERYONE
    | _SEES_AID
    | _MENDS
    | {_P.RESIDENT_FIND, _P.RESIDENT_VIEW, _P.REPORT_ASSIST, _P.FIELD_CHECK}
    | {_P.AFFECTED_VIEW, _P.AFFECTED_REGISTER}
    | _SEES_REOPENING
    | {_P.TEXT_ANSWER, _P.KINDNESS_VIEW, _P.FIELD_APP}
    | {_P.LETTER_VIEW, _P.LETTER_ASK, _P.LETTER_CONFIRM}
    | _WATCHES
)
_VILLAGE = (
    _EVERYONE
    | _HOSTS
    | _SEES_RESIDENTS
    | _SEES_AID
    | _MENDS
    | {_P.REPORT_ASSIST, _P.FIELD_CHECK, _P.HANDOVER_RECORD, _P.RESIDENT_REVEAL}
    | {_P.IDENTITY_ASK}
    | {_P.NIK_CLAIM_DECIDE, _P.SUMMARY_VIEW, _P.CORRECTION_VIEW, _P.POPULATION_VIEW}
    | {_P.REGISTRY_IMPORT, _P.REGISTRY_EXPORT, _P.DUPLICATES_DECIDE}
    | {_P.STATEMENT_PRINT, _P.LIST_POST}
    | {_P.GRIEVANCE_VIEW, _P.GRIEVANCE_ANSWER}
    | {_P.AFFECTED_VIEW, _P.AFFECTED_REGISTER, _P.AFFECTED_VERIFY}
    | {_P.RECOVERY_VIEW, _P.RECOVERY_ATTEND}
    | _SEES_REOPENING
    | {_P.PILOT_PREPARE, _P.PLACE_REGISTER, _P.COUNTER_SERVE}
    | {_P.TEXT_ANSWER, _P.KINDNESS_VIEW, _P.FIELD_APP}
    | {_P.LETTER_VIEW, _P.LETTER_FILE, _P.LETTER_ASK, _P.LETTER_SERVE}
    | {_P.LETTER_REGISTER, _P.LETTER_FIGURES}
)
_AUDITS = (
    _EVERYONE
    | _SEES_AID
    | {_P.AUDIT_VIEW, _P.SUMMARY_VIEW, _P.ACCESS_LOG_VIEW, _P.QUALITY_VIEW}
    | {_P.POPULATION_VIEW, _P.CONFIRMATION_VIEW, _P.PAYMENT_VIEW}
    | {_P.COMPLAINT_VIEW, _P.STOCK_VIEW, _P.ASSURANCE_VIEW, _P.THREAD_EXPORT}
    | {_P.GRIEVANCE_VIEW, _P.OVERRIDE_VIEW}
    | _SEES_RECOVERY
    | _SEES_REOPENING
    | {_P.SIGNAL_VIEW}
    | {_P.LETTER_REGISTER, _P.LETTER_FIGURES}
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.SYSTEM_ADMIN: _EVERYONE | {_P.STAFF_MANAGE, _P.JOBS_VIEW, _P.OFFICE_HAND_OVER},
    Role.LEADERSHIP: _EVERYONE
    | {_P.SUMMARY_VIEW, _P.PROGRAMME_VIEW, _P.QUALITY_VIEW, _P.POPULATION_VIEW}
    | {_P.HOUSE_VIEW, _P.ISOLATION_FIGURES}
    | {_P.ECONOMY_VIEW, _P.TARGETING_VIEW}
    | _SEES_REOPENING
    | {_P.SIGNAL_VIEW, _P.PILOT_SIGN, _P.SIGN_LEADERSHIP, _P.PILOT_DECIDE}
    | {_P.ANNOUNCE, _P.BROADCAST_APPROVE}
    | {_P.LETTER_FIGURES, _P.LETTER_WORDING_WRITE, _P.LETTER_WORDING_CONFIRM},
    Role.DINSOS: _EVERYONE
    | _SEES_RESIDENTS
    | _SEES_AID
    | _SEES_RECOVERY
    | {_P.PROGRAMME_MANAGE, _P.PHASE_MANAGE, _P.SUMMARY_VIEW, _P.RESIDENT_REVEAL}
    | {_P.NIK_CLAIM_DECIDE, _P.OBJECTION_ANSWER, _P.QUALITY_VIEW}
    | {_P.POPULATION_VIEW, _P.DUPLICATES_DECIDE, _P.IDENTITY_ASK}
    | {_P.CYCLE_PLAN, _P.LIST_APPROVE, _P.RECIPIENT_CHANGE}
    | {_P.PUBLICATION_MANAGE, _P.LIST_POST}
    | {_P.COMPLAINT_VIEW, _P.COMPLAINT_ANSWER, _P.THREAD_EXPORT}
    | {_P.GRIEVANCE_VIEW, _P.GRIEVANCE_SETTLE}
    | {_P.OVERRIDE_VIEW, _P.OVERRIDE_ASK, _P.OVERRIDE_DECIDE}
    | _STOCK
    | {_P.STOCK_APPROVE}
    | _CONFIRMS
    | _PAYS
    | {_P.PAYMENT_SEND}
    | {_P.ANNOUNCE, _P.BROADCAST},
    Role.DINKES: _EVERYONE
    | _NURSES
    | {_P.SUMMARY_VIEW, _P.POPULATION_VIEW}
    | {_P.INTAKE_VILLAGE, _P.PROTOCOL_MANAGE}
    | _SEES_REOPENING
    | {_P.GUIDANCE_MANAGE, _P.CASE_VIEW, _P.CASE_RECORD}
    | {_P.SIGNAL_VIEW, _P.SIGNAL_ENTER}
    | {_P.PILOT_CHOOSE, _P.PILOT_VISIT, _P.PILOT_DECIDE}
    | {_P.PLACE_INSPECT, _P.PLACE_SUSPEND}
    | {_P.ANNOUNCE, _P.BROADCAST},
    Role.ECONOMIC_OFFICE: _EVERYONE
    | _SEES_RECOVERY
    | {_P.SUMMARY_VIEW, _P.AFFECTED_IMPORT, _P.ECONOMY_ENTER}
    | {_P.TARGETING_PLAN, _P.TARGETING_APPROVE}
    | {_P.RECOVERY_MANAGE, _P.RECOVERY_ATTEND, _P.RECOVERY_REPAY},
    Role.KECAMATAN_OFFICER: _EVERYONE
    | _SEES_RESIDENTS
    | _SEES_AID
    | _MENDS
    | {_P.CLAIM_DECIDE, _P.BATCH_PREPARE, _P.HANDOVER_RECORD, _P.SUMMARY_VIEW}
    | {_P.IDENTITY_ASK}
    | {_P.RESIDENT_REVEAL, _P.NIK_CLAIM_DECIDE, _P.CORRECTION_VIEW}
    | {_P.OBJECTION_ANSWER, _P.POPULATION_VIEW, _P.DUPLICATES_DECIDE}
    | {_P.LIST_APPROVE, _P.RECIPIENT_CHANGE, _P.CARD_MAKE, _P.LIST_POST}
    | {_P.GRIEVANCE_VIEW, _P.GRIEVANCE_REVIEW}
    | {_P.OVERRIDE_VIEW, _P.OVERRIDE_ASK}
    | _STOCK
    | {_P.STOCK_APPROVE}
    | {_P.HOUSE_VIEW, _P.STAY_VIEW, _P.ISOLATION_FIGURES}
    | {_P.AFFECTED_VIEW, _P.RECOVERY_VIEW}
    | _SEES_REOPENING
    | {_P.SIGNAL_VIEW, _P.PILOT_VISIT, _P.PILOT_SIGN, _P.SIGN_KECAMATAN_OFFICER}
    | {_P.PLACE_SUSPEND, _P.EVENT_DECIDE, _P.COUNTER_MANAGE, _P.COUNTER_SERVE}
    | {_P.ANNOUNCE, _P.BROADCAST, _P.BROADCAST_APPROVE}
    | {_P.OFFICE_HAND_OVER, _P.FIELD_REVIEW}
    | {_P.LETTER_VIEW, _P.LETTER_FILE, _P.LETTER_COSIGN, _P.LETTER_KEY}
    | {_P.LETTER_REVOKE, _P.LETTER_REGISTER, _P.LETTER_FIGURES}
    | {_P.LETTER_WORDING_WRITE, _P.LETTER_WORDING_CONFIRM}
    | _CONFIRMS
    | _PAYS,
    Role.VILLAGE_HEAD: _VILLAGE
    | {_P.STOCK_VIEW, _P.STOCK_APPROVE}
    | {_P.CORRECTION_DECIDE, _P.LIST_DECIDE, _P.ACCOUNT_CONFIRM}
    | {_P.PROXY_APPROVE, _P.INTAKE_VILLAGE}
    | {_P.PILOT_SIGN, _P.SIGN_VILLAGE_HEAD, _P.EVENT_DECIDE, _P.COUNTER_MANAGE}
    | {_P.ANNOUNCE, _P.BROADCAST, _P.OFFICE_HAND_OVER, _P.FIELD_REVIEW}
    | {_P.LETTER_SIGN, _P.LETTER_KEY, _P.LETTER_REVOKE, _P.LETTER_RULES}
    | {_P.LETTER_WORDING_CONFIRM},
    Role.VILLAGE_OFFICER: _VILLAGE
    | {_P.LETTER_CHECK, _P.LETTER_DEPUTISE, _P.LETTER_KEY}
    | {_P.LETTER_WORDING_WRITE}
    | {_P.ACCOUNT_RECORD, _P.CARD_MAKE, _P.PROXY_RECORD}
    | {_P.CORRECTION_ASK, _P.LIFE_EVENT_RECORD, _P.LIST_PROPOSE}
    | _STOCK,
    Role.RW_HEAD: _NEIGHBOURHOOD,
    Role.RT_HEAD: _NEIGHBOURHOOD,
    Role.PUSKESMAS_OFFICER: _EVERYONE
    | _NURSES
    | {_P.RESIDENT_FIND, _P.RESIDENT_VIEW}
    | _PILLAR
    | {_P.SIGN_PUSKESMAS_OFFICER, _P.ARRIVAL_AWAIT}
    | {_P.CASE_VIEW, _P.CASE_RECORD, _P.SIGNAL_VIEW},
    Role.BABINSA: _EVERYONE | _WATCHES | _PILLAR | {_P.SIGN_BABINSA},
    Role.BHABINKAMTIBMAS: _EVERYONE | _WATCHES | _PILLAR | {_P.SIGN_BHABINKAMTIBMAS},
    Role.CHECKPOINT_OFFICER: _EVERYONE
    | {_P.HOUSE_VIEW, _P.ARRIVAL_RECORD, _P.GATE_VIEW},
    Role.AUDITOR: _AUDITS,
    Role.INSPECTORATE: _AUDITS | {_P.GRIEVANCE_OVERSEE},
}
# Offices that can be asked to do something, each with a permission of its own.
OFFICES: dict[Role, Permission] = {
    role: Permission(f"office.{role}")
    for role in Role
    if f"office.{role}" in set(Permission)
}
PERMISSIONS |= {role: PERMISSIONS[role] | {own} for role, own in OFFICES.items()}

# Never lent to whoever stands in: who may sign in, whose term ends, and what is told
# about an office, which its own holder may not see when it is about them.
NOT_LENT = frozenset(
    {_P.STAFF_MANAGE, _P.OFFICE_HAND_OVER, _P.COMPLAINT_VIEW, _P.COMPLAINT_ANSWER}
    | {_P.GRIEVANCE_VIEW, _P.GRIEVANCE_ANSWER, _P.GRIEVANCE_REVIEW}
    | {_P.GRIEVANCE_SETTLE, _P.GRIEVANCE_OVERSEE}
    # A signature is one person's: a stand-in needs a mandate for letters, and gives none.
    | {_P.LETTER_SIGN, _P.LETTER_COSIGN, _P.LETTER_KEY, _P.LETTER_RULES}
    # Nor does one change for good what the village certifies, or has certified.
    | {_P.LETTER_WORDING_CONFIRM, _P.LETTER_REVOKE}
)

# How the access log writes an office that was lent: "village_head:stand_in".
STANDING_IN = ":stand_in"


def role_named(text: str) -> str:
    """Return the role of a line of the access log, lent or not."""
    return text.removesuffix(STANDING_IN)
