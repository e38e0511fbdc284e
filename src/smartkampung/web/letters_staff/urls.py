"""Addresses of the work on letters. No name and no number of a person is in any."""

from django.urls import path

from smartkampung.web.letters_staff import (
    acting,
    book,
    bringing,
    feeding,
    lists,
    mandates,
    reading,
    rules,
    signing,
)

app_name = "letters_staff"
urlpatterns = [
    path("", lists.requests, name="requests"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<str:code>/", rules.rule, name="rule"),
    path("rules/<str:code>/begin/", rules.begin, name="begin"),
    path("rules/<str:code>/close/", rules.close, name="close"),
    path("rules/closed/<int:closed_id>/", rules.reopen, name="reopen"),
    path("mandates/", mandates.mandates, name="mandates"),
    path("mandates/<str:code>/", mandates.mandates_of, name="mandates_of"),
    path("mandates/one/<int:mandate_id>/", mandates.take_back, name="take_back"),
    path("book/", book.book, name="book"),
    path("book/<str:code>/", book.book_of, name="book_of"),
    path("book/<str:code>/agenda.<str:form>", book.export, name="export"),
    path("sign/", signing.signing, name="signing"),
    path("sign/<int:order_id>/", signing.order, name="order"),
    path("signed/<int:letter_id>/letter.pdf", reading.letter, name="letter"),
    path("bring/<int:letter_id>/letter.pdf", bringing.print_out, name="bring"),
    path("<int:request_id>/", reading.request, name="request"),
    path("<int:request_id>/event/", feeding.event, name="event"),
    path("<int:request_id>/draft.pdf", reading.preview, name="preview"),
    path("<int:request_id>/read/", reading.read, name="read"),
    path("<int:request_id>/photos/<int:file_id>/", reading.photo, name="photo"),
    path("<int:request_id>/do/<str:name>/", acting.act, name="act"),
]
