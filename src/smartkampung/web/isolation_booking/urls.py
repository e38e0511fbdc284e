"""Addresses of booking: the door and the form."""

from django.urls import path

from smartkampung.web.isolation_booking import views

app_name = "booking"
urlpatterns = [
    path("", views.door, name="door"),
    path("book/", views.form, name="form"),
    path("book/send/", views.send, name="send"),
    path("book/<uuid:form_id>/<slug:step>/", views.screen, name="screen"),
]
