"""Addresses of the page of stuck jobs."""

from django.urls import path

from smartkampung.web.jobs import views

urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<int:pk>/retry/", views.retry, name="retry_job"),
]
