"""Addresses of payments; people and accounts stand in them by their numbers only."""

from django.urls import path

from smartkampung.web.aid_payments import (
    accounts,
    batches,
    lines,
    lists,
    recalls,
    steps,
)

app_name = "aid_payments"
urlpatterns = [
    path("", batches.batches, name="batches"),
    path("new/", batches.new, name="new"),
    path("<int:batch_id>/", batches.batch, name="batch"),
    path("<int:batch_id>/fill/", steps.fill, name="fill"),
    path("<int:batch_id>/stop/", steps.stop, name="stop"),
    path("<int:batch_id>/ask/", steps.ask, name="ask"),
    path("<int:batch_id>/approve/", steps.approve_batch, name="approve"),
    path("<int:batch_id>/reopen/", steps.back_to_draft, name="reopen"),
    path("<int:batch_id>/send/", steps.send, name="send"),
    path("<int:batch_id>/file/", steps.file, name="file"),
    path("<int:batch_id>/answer/", steps.answer, name="answer"),
    path("lines/<int:payment_id>/", lines.payment, name="payment"),
    path("<int:batch_id>/recalls/", recalls.fetch, name="recalls"),
    path("<int:batch_id>/recalls/answer/", recalls.answer, name="recall_answer"),
    path("lines/<int:payment_id>/recall/", recalls.ask, name="recall"),
    path("lines/<int:payment_id>/remove/", lines.take_out, name="remove"),
    path("lines/<int:payment_id>/settle/", lines.settle_one, name="settle"),
    path("people/<int:person_id>/", accounts.accounts, name="accounts"),
    path("accounts/list/", lists.bring, name="account_list"),
    path("accounts/list/confirm/", lists.confirm, name="confirm_list"),
    path("accounts/list/<int:list_id>/", lists.brought, name="brought_list"),
    path("accounts/list/confirm/<int:list_id>/", lists.compared, name="compared_list"),
    path("accounts/<int:account_id>/", accounts.account, name="account"),
]
