"""Addresses of what everybody may check: the list of a lottery, and letters."""

from django.urls import path

from smartkampung.web.targeting import letters, lottery

app_name = "targeting_public"
urlpatterns = [
    path("lottery/<uuid:pk>.csv", lottery.lottery, name="lottery"),
    path("letter/<str:mark>/", letters.verify, name="verify"),
]
