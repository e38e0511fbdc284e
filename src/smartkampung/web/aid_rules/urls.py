"""Addresses of the pages of rules."""

from django.urls import path

from smartkampung.web.aid_rules import editor, letters, preview, rules

app_name = "aid_rules"
urlpatterns = [
    path("", rules.rules, name="rules"),
    path("versions/<int:pk>/", rules.version, name="version"),
    path("versions/<int:pk>/apply/", rules.apply, name="apply"),
    path("letters/<int:decision_id>/letter.pdf", letters.letter, name="letter"),
    path("<slug:code>/", rules.rule, name="rule"),
    path("<slug:code>/preview/", preview.preview, name="preview"),
    path("<slug:code>/edit/", editor.edit, name="edit"),
]
