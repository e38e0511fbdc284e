"""Addresses of recovery programmes that anybody may read."""

from django.urls import path

from smartkampung.web.recovery import public

app_name = "recovery_public"
urlpatterns = [path("", public.programmes, name="programmes")]
