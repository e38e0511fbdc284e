"""Addresses of cycles; people stand in them by their numbers only."""

from django.urls import path

from smartkampung.web.aid_cycles import (
    closing,
    cycles,
    letters,
    people,
    runs,
    steps,
    verifying,
    villages,
)

app_name = "aid_cycles"
urlpatterns = [
    path("", cycles.cycles, name="cycles"),
    path("new/", cycles.new, name="new"),
    path("<int:cycle_id>/", cycles.cycle, name="cycle"),
    path("<int:cycle_id>/tranche/", cycles.tranche, name="tranche"),
    path("<int:cycle_id>/close/", closing.close, name="close"),
    path("<int:cycle_id>/propose/", runs.start_proposing, name="start_proposing"),
    path("<int:cycle_id>/approve/", runs.start_approving, name="start_approving"),
    path("<int:cycle_id>/release/", runs.start_releasing, name="start_releasing"),
    path("runs/<int:run_id>/", runs.run, name="run"),
    path("runs/<int:run_id>/undo/", runs.undo, name="undo"),
    path("runs/<int:run_id>/stop/", runs.stop, name="stop"),
    path("lists/<int:list_id>/", villages.village, name="village"),
    path("lists/<int:list_id>/meeting/", villages.meeting, name="meeting"),
    path("lists/<int:list_id>/minutes/", villages.minutes, name="minutes"),
    path("lists/<int:list_id>/propose/", villages.propose_one, name="propose"),
    path("lists/<int:list_id>/quota/", villages.quota, name="quota"),
    path("lists/<int:list_id>/verify/", verifying.verify_list, name="verify"),
    path("lists/<int:list_id>/send/", steps.send, name="send"),
    path("lists/<int:list_id>/decide/", steps.decide, name="decide"),
    path("lists/<int:list_id>/approve/", steps.approve, name="approve"),
    path(
        "lists/<int:list_id>/return/", steps.return_undecided, name="return_undecided"
    ),
    path(
        "lists/<int:list_id>/send-back/",
        steps.return_unapproved,
        name="return_unapproved",
    ),
    path("lists/<int:list_id>/replace/", steps.replace, name="replace"),
    path("proposals/<int:proposal_id>/visits/", verifying.visits, name="visits"),
    path("proposals/<int:proposal_id>/", people.proposal, name="proposal"),
    path("proposals/<int:proposal_id>/take-off/", people.take_off, name="take_off"),
    path("proposals/<int:proposal_id>/letter.pdf", letters.letter, name="letter"),
    path("proposals/<int:proposal_id>/<slug:change>/", people.change, name="change"),
]
