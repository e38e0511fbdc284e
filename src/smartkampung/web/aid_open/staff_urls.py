"""Addresses of posted lists for staff."""

from django.urls import path

from smartkampung.web.aid_open import errors, posting, publishing

app_name = "aid_publish"
urlpatterns = [
    path("", publishing.publications, name="publications"),
    path("errors/", errors.errors, name="errors"),
    path("ask/", publishing.ask, name="ask"),
    path("posted/", posting.lists, name="posted"),
    path("posted/<uuid:publication_id>/<str:village>/", posting.paper, name="paper"),
    path("<uuid:publication_id>/", publishing.publication, name="publication"),
    path("<uuid:publication_id>/withdraw/", publishing.withdraw, name="withdraw"),
]
