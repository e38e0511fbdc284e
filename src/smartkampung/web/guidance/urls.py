"""Addresses of guidance, for the office that keeps it."""

from django.urls import path

from smartkampung.web.guidance import writing

app_name = "guidance_staff"
urlpatterns = [
    path("", writing.guidance, name="guidance"),
    path("<slug:kind>/write/", writing.write, name="write"),
    path("<int:version>/confirm/", writing.confirm, name="confirm"),
]
