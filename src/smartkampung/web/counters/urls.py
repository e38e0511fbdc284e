"""Addresses: slots for public services, for the office."""

from django.urls import path

from smartkampung.web.counters import manage, queue

app_name = "counters_staff"
urlpatterns = [
    path("", manage.counters, name="counters"),
    path("new/", manage.new, name="new"),
    path("<int:counter_id>/", queue.day, name="day"),
    path("<int:counter_id>/next/", queue.call_next, name="next"),
    path("<int:counter_id>/end/", queue.end, name="end"),
    path("<int:counter_id>/walk-in/", queue.walk_in, name="walk_in"),
    path("<int:counter_id>/book/", queue.book, name="book"),
    path("<int:counter_id>/manage/", manage.manage, name="manage"),
    path("<int:counter_id>/closed/", manage.closed, name="closed"),
    path("over/<int:slot_id>/", queue.over, name="over"),
    path("booking/<int:booking_id>/", queue.booking, name="booking"),
    path("booking/<int:booking_id>/mark/", queue.mark, name="mark"),
    path("booking/<int:booking_id>/phone/", queue.phone, name="phone"),
    path("booking/<int:booking_id>/move/", queue.move, name="move"),
    path("booking/<int:booking_id>/cancel/", queue.cancel, name="cancel"),
]
