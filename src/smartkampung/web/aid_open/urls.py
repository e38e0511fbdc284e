"""Addresses of aid in the open."""

from django.urls import path

from smartkampung.web.aid_open import figures, recipients

app_name = "aid_open"
urlpatterns = [
    path("", figures.programmes, name="programmes"),
    path("<slug:code>/", figures.programme, name="programme"),
    path("<slug:code>/<str:region>/", figures.place, name="place"),
    path("<slug:code>/<str:region>/list/", recipients.recipients, name="recipients"),
]
