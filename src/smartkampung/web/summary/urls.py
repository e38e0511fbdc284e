"""Address of the summary."""

from django.urls import path

from smartkampung.web.summary import views

urlpatterns = [path("", views.summary, name="summary")]
