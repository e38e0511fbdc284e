"""Addresses of life events and corrections. No number or name of a person is in any."""

from django.urls import path

from smartkampung.web.life import corrections, events

app_name = "life"
urlpatterns = [
    path("events/", events.events, name="events"),
    path("events/new-family/", events.new_family, name="new_family"),
    path("<int:pk>/events/", events.person_events, name="person_events"),
    path("<int:pk>/events/<slug:kind>/", events.person_event, name="person_event"),
    path("families/<int:pk>/events/", events.family_events, name="family_events"),
    path(
        "families/<int:pk>/events/<slug:kind>/",
        events.family_event,
        name="family_event",
    ),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<int:pk>/", corrections.correction, name="correction"),
    path("corrections/<int:pk>/decide/", corrections.decide, name="decide"),
    path("corrections/<int:pk>/evidence/", corrections.evidence, name="evidence"),
    path("<int:pk>/corrections/", corrections.ask, name="ask"),
    path("<int:pk>/corrections/<slug:field>/", corrections.ask_field, name="ask_field"),
]
