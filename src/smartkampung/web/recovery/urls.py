"""Addresses of recovery programmes for staff."""

from django.urls import path

from smartkampung.web.recovery import board, loans, offers, planning, sheet, thread

app_name = "recovery_staff"
urlpatterns = [
    path("", board.board, name="board"),
    path("kinds/", board.kinds, name="kinds"),
    path("new/", board.programme, name="programme"),
    path("<int:programme_id>/offers/new/", planning.new_offer, name="new_offer"),
    path("offers/<int:offer_id>/", offers.offer, name="offer"),
    path("offers/<int:offer_id>/change/", planning.change_offer, name="change_offer"),
    path("offers/<int:offer_id>/open/", planning.open_offer, name="open_offer"),
    path("offers/<int:offer_id>/pay/", offers.pay, name="pay"),
    path("offers/<int:offer_id>/end/", offers.end, name="end"),
    path("offers/<int:offer_id>/close/", offers.close, name="close"),
    path("offers/<int:offer_id>/sheet/", sheet.sheet, name="sheet"),
    path("offers/<int:offer_id>/paper/", sheet.paper, name="paper"),
    path("closings/<int:closing_id>/", offers.closing, name="closing"),
    path("people/<int:seat_id>/", thread.seat, name="seat"),
    path("people/<int:seat_id>/answer/", thread.answer, name="answer"),
    path("people/<int:seat_id>/milestone/", thread.milestone, name="milestone"),
    path("people/<int:seat_id>/income/", thread.outcome, name="outcome"),
    path("people/<int:seat_id>/stop/", thread.drop, name="drop"),
    path("people/<int:seat_id>/finish/", thread.finish, name="finish"),
    path("people/<int:seat_id>/hand-over/", thread.hand_over, name="hand_over"),
    path("income/", thread.outcomes, name="outcomes"),
    path("loans/", loans.loans, name="loans"),
    path("loans/<int:loan_id>/", loans.loan, name="loan"),
    path("loans/<int:loan_id>/repay/", loans.repay, name="repay"),
    path("loans/<int:loan_id>/plan/", loans.reschedule, name="reschedule"),
]
