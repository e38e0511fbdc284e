"""The address in squares: in capitals, because they hold those in half the space."""

from django.urls import path

from smartkampung.web.letters_open import pages

app_name = "letters_square"
urlpatterns = [path("<str:typed>", pages.letter, name="square")]
