"""Work of social aid: claims, lists, payments, goods, grievances."""

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import Permission
from smartkampung.web.aid_staff.kinds.kind import Kind

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
        _("Agree that aid goes back"),
        Permission.HANDOVER_RECORD,
        "aid_staff:hand_over",
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
        _("Answer a grievance"),
        Permission.GRIEVANCE_ANSWER,
        "aid_grievances:grievance",
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
        _("Decide about an exception"),
        Permission.OVERRIDE_DECIDE,
        "aid_staff:override",
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
}
