"""Addresses under /t/, short enough for an SMS."""

from django.urls import path

from smartkampung.web.tracking import views

app_name = "tracking"
urlpatterns = [
    path("", views.find, name="find"),
    path("<str:code>/", views.case, name="case"),
    path("<str:code>/slip/", views.slip, name="slip"),
]
