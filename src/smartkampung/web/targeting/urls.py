"""Addresses of targeting, for staff."""

from django.urls import path

from smartkampung.web.targeting import (
    compare,
    editor,
    letters,
    overview,
    people,
    priorities,
    scenarios,
    studio,
)

app_name = "targeting"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("compare/", compare.compare, name="compare"),
    path("priorities/new/", editor.new, name="new"),
    path("priorities/<slug:code>/", priorities.priority, name="priority"),
    path("priorities/<slug:code>/edit/", editor.edit, name="edit"),
    path("priorities/<slug:code>/studio/", studio.studio, name="studio"),
    path("priorities/<slug:code>/studio/save/", studio.save, name="save"),
    path("versions/<int:pk>/", priorities.version, name="version"),
    path("versions/<int:pk>/apply/", priorities.apply, name="apply"),
    path("scenarios/<uuid:pk>/", scenarios.scenario, name="scenario"),
    path("scenarios/<uuid:pk>/propose/", scenarios.propose, name="propose"),
    path("scenarios/<uuid:pk>/approve/", scenarios.approve, name="approve"),
    path("scenarios/<uuid:pk>/drop/", scenarios.drop, name="drop"),
    path("scenarios/<uuid:pk>/people/", people.people, name="people"),
    path("scenarios/<uuid:pk>/people/<int:place>/", people.person, name="person"),
    path(
        "scenarios/<uuid:pk>/people/<int:place>/letter.pdf",
        letters.letter,
        name="letter",
    ),
]
