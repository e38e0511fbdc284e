"""Addresses of the staff pages of aid."""

from django.urls import path, re_path

from smartkampung.web.aid_staff import (
    batches,
    budgets,
    claims,
    decisions,
    handovers,
    matching,
    objections,
    overrides,
    packing,
    photos,
    programmes,
    terms,
    visits,
)

app_name = "aid_staff"
urlpatterns = [
    path("claims/", claims.claims, name="claims"),
    path("claims/<int:claim_id>/", claims.claim, name="claim"),
    path("claims/<int:claim_id>/visit/", visits.visit, name="visit"),
    path("claims/<int:claim_id>/decide/", decisions.decide, name="decide"),
    path(
        "claims/<int:claim_id>/decide-again/",
        decisions.decide_again,
        name="decide_again",
    ),
    path("claims/<int:claim_id>/object/", objections.object_to, name="object"),
    path("claims/<int:claim_id>/match/", matching.match, name="match"),
    path("claims/<int:claim_id>/photos/<uuid:upload_id>/", photos.photo, name="photo"),
    path("objections/<int:objection_id>/", objections.objection, name="objection"),
    path("batches/", batches.batches, name="batches"),
    path("batches/new/", batches.new_batch, name="new_batch"),
    path("batches/<int:batch_id>/", batches.batch, name="batch"),
    path(
        "batches/<int:batch_id>/packing-list.pdf",
        packing.packing_list,
        name="packing_list",
    ),
    re_path(
        r"^batches/(?P<batch_id>[0-9]+)/(?P<change>add|remove|ready|move|discard|close)/$",
        batches.change_batch,
        name="change_batch",
    ),
    path("dues/<int:due_id>/", handovers.due, name="due"),
    path("dues/<int:due_id>/hand-over/", handovers.hand_over, name="hand_over"),
    path("dues/<int:due_id>/code/", handovers.send_code, name="send_code"),
    path("dues/<int:due_id>/give-back/", handovers.give_back, name="give_back"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<slug:code>/", terms.change, name="change_programme"),
    path("programmes/<slug:code>/budget/", budgets.ask, name="ask_for_budget"),
    path("budgets/<uuid:request_id>/", budgets.budget, name="budget"),
    path("overrides/", overrides.overrides, name="overrides"),
    path("overrides/<uuid:override_id>/", overrides.override, name="override"),
    path(
        "overrides/<uuid:override_id>/decide/",
        overrides.decide,
        name="decide_override",
    ),
    path(
        "claims/<int:claim_id>/override/<slug:code>/<int:enrolment_id>/",
        overrides.ask_for_claim,
        name="override_claim",
    ),
    path(
        "proposals/<int:proposal_id>/override/<int:enrolment_id>/",
        overrides.ask_for_proposal,
        name="override_proposal",
    ),
    path("conflicts/", programmes.conflicts, name="conflicts"),
    path("conflicts/rule/", terms.rule, name="rule"),
]
