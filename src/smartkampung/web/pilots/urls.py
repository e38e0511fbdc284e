"""Addresses: pilots, phases, gates and the way back."""

from django.urls import path

from smartkampung.web.pilots import acts, board, pilot, preparing, rounds, signing

app_name = "pilots"
urlpatterns = [
    path("", board.board, name="board"),
    path("<int:pk>/", pilot.pilot, name="pilot"),
    path("<int:pk>/photos/<uuid:upload_id>/", pilot.photo, name="photo"),
    path("<int:pk>/evidence/<str:step>/", preparing.evidence, name="evidence"),
    path("<int:pk>/visit/", preparing.visit, name="visit"),
    path("<int:pk>/sign/", signing.sign, name="sign"),
    path("<int:pk>/act/<str:act>/", acts.act, name="act"),
    path("proposals/<int:pk>/", acts.proposal, name="proposal"),
    path("news/<int:pk>/", acts.news, name="news"),
    path("answers/<str:code>/", preparing.answers, name="answers"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.new, name="new_round"),
    path("rounds/<int:pk>/", rounds.round_, name="round"),
    path("rounds/<int:pk>/close/", rounds.close, name="close"),
    path("candidates/<int:pk>/", rounds.candidate, name="candidate"),
]
