"""What the field app says; its scripts know only the keys."""

from django.utils.translation import gettext_lazy as _

from smartkampung.residents.words import NUMBER_IN_TEXT

WORDS = {
    "menu": _("Menu of the field app"),
    "menu_home": _("To do"),
    "menu_queue": _("Filled in"),
    "menu_more": _("More"),
    "back": _("Back to the list"),
    "yes": _("Yes"),
    "no": _("No"),
    "optional": _("optional"),
    "open": _("Open the box"),
    "lock_title": _("Open your list"),
    "vault_which": _("Whose list?"),
    "vault": _("List {number} ({initial}.)"),
    "vault_waits": _("not sent yet: {count}"),
    "pin": _("Your PIN"),
    "pin_trying": _("Opening ..."),
    "pin_wrong": _("That is not the PIN of this box. Try again."),
    "pin_wait": _(
        "That is not the PIN, or it is too early. Try again in {seconds} seconds. Nothing is erased."
    ),
    "pin_weak": _(
        "The PIN must have 6 to 12 digits and be no row or refrain like 123456, 111111 or 121212."
    ),
    "pin_differs": _("The two PINs differ. Type both again."),
    "pin_forgotten": _("I forgot the PIN"),
    "pin_forgotten_how": _(
        "Nobody can tell it, and nothing is erased. Save what is not sent as a file, give it to the village office, then make this phone yours again with a new PIN. The file can be read by the system only."
    ),
    "pin_change": _("Change the PIN"),
    "pin_old": _("PIN until now"),
    "pin_new": _("New PIN (6 to 12 digits)"),
    "pin_changed": _("The PIN is changed."),
    "enrol": _("Make this phone mine"),
    "enrol_other": _("Another person uses this phone, too"),
    "enrol_working": _("Making the box of this phone ..."),
    "enrol_no_name": _("Write a name of the phone, as “Redmi 9A”."),
    "enrol_no_line": _(
        "No connection. Making a phone yours needs one; try again where there is a signal."
    ),
    "enrol_refused": _(
        "The system did not accept it. Load the page again, sign in if asked, and try once more."
    ),
    "enrol_failed": _(
        "The phone could not keep it. Free some room on the phone, leave private browsing, and try again."
    ),
    "unable": _(
        "This browser cannot keep anything safely. Work on the ordinary pages, or use Chrome."
    ),
    "welcome_title": _("Work in the field"),
    "welcome_what": _(
        "Visits, checks and hand-overs without a signal. What you fill in stays on the phone until it was sent."
    ),
    "welcome_how": _(
        "This phone is not yet yours. That takes a minute and, this once, a connection."
    ),
    "home_title": _("To do"),
    "no_caseload": _("Your list comes with the next connection."),
    "nothing_to_do": _(
        "No visit or hand-over waits for you. New ones come here when they are given to you."
    ),
    "caseload_at": _("This list is of {at}."),
    "due": _("by {at}"),
    "today": _("today"),
    "rank_urgent": _("Urgent"),
    "rank_late": _("Past the date"),
    "rank_today": _("Due today"),
    "rank_later": _("Due later"),
    "rank_open": _("Without a date"),
    "ring": _("Call by telephone"),
    "returned": _("Sent back to you, to put an answer right: {count}."),
    "returned_where": _("Put it right"),
    "others": _("Other work waits for you: {count}. It is done with a connection."),
    "others_where": _("My work"),
    "state_draft": _("Draft"),
    "state_queued": _("Not sent yet"),
    "queue_title": _("What you filled in"),
    "queue_left": _("Not sent yet: {count}"),
    "queue_empty": _("Everything is sent"),
    "line_sending": _("Sending ..."),
    "line_offline": _("No connection; it is tried again by itself."),
    "line_ok": _("The server was reached."),
    "line_stuck": _(
        "The server did not take some of it; they stay here and are tried again."
    ),
    "send_now": _("Send now"),
    "fetch_now": _("Fetch the list again"),
    "met": _("Last connection: {at}"),
    "part_draft": _("Drafts"),
    "part_queued": _("Not sent yet"),
    "part_sent": _("Sent"),
    "receipt_done": _("Written down"),
    "receipt_review": _("A colleague looks at it"),
    "receipt_set_aside": _("Set aside by a colleague"),
    "receipt_sent_back": _("Sent back to you: put an answer right"),
    "receipt_held": _("Kept for a colleague"),
    "result_code": _("Code to give to the person:"),
    "form_save": _("Save"),
    "form_discard": _("Throw this draft away"),
    "form_discard_sure": _(
        "Throw away the draft “{title}” {who}? What you typed is gone then."
    ),
    "form_not_here": _("This form comes with the next connection. The draft is kept."),
    "other_tab": _(
        "This form is open in another tab of this phone. Go on there, or close that tab."
    ),
    "draft_keeping": _("Keeping the draft ..."),
    "draft_kept": _("Draft kept at {at}."),
    "draft_failed": _(
        "The draft could not be kept: the phone is full. Delete photos or apps, and type on."
    ),
    "already_queued": _(
        "This form is on its way already and does not change any more. Begin a new one."
    ),
    "save_failed": _(
        "It could not be saved: the phone is full. Do not close this page. Delete photos or apps, and save again."
    ),
    "faults": _("Please mend this first"),
    "fault_missing": _("Please answer this."),
    "fault_number": _("This must be a number, as 36.5."),
    "fault_min": _("At least {min}."),
    "fault_max": _("At most {max}."),
    "fault_long": _("At most {max} letters; these are {typed}."),
    "fault_nik": _("A NIK has 16 digits; these are {typed}."),
    "fault_nik_days": _(
        "Look at digits 7 to 10 of the NIK: a day and a month of birth. It does not begin with 0."
    ),
    "fault_phone": _(
        "This is no telephone number. Copy all of its digits, as 0812 3456 7890."
    ),
    "fault_card": NUMBER_IN_TEXT,
    "fault_day": _("This is no day. Choose one."),
    "fault_early": _("Not before {min}."),
    "fault_late": _("Not after {max}."),
    "fault_since": _("This lies before “{other}”. Check both days."),
    "fault_upto": _("This is more than “{other}”. Check both."),
    "position_take": _("Take the position"),
    "position_why": _("Where you are, if you want to add it."),
    "position_asking": _("Asking the phone where it is ..."),
    "position_found": _("Position taken, within {metres} m."),
    "position_failed": _(
        "The phone did not tell its position. The form can be saved without."
    ),
    "photo_take": _("Take a photo"),
    "photo_working": _("Making it smaller ..."),
    "photo_kept": _("Kept on the phone"),
    "photo_remove": _("Take it away"),
    "photo_removed": _("Taken away."),
    "photo_no_room": _(
        "The phone is nearly full, so no new photo is taken; the rest is kept for forms. Send what waits, or delete other photos and apps."
    ),
    "photo_unreadable": _(
        "This file is no picture that the phone can read. Take the photo again."
    ),
    "sign_here": _("Sign here with a finger"),
    "sign_keep": _("Keep the signature"),
    "sign_wipe": _("Begin again"),
    "sign_empty": _("Nothing is drawn yet."),
    "rescue_title": _("When sending does not work"),
    "rescue_what": _(
        "Save everything that is not sent as a locked file and give it to the village office. Only the system can open it; sending later does no harm."
    ),
    "rescue_save": _("Save a rescue file"),
    "more_title": _("This phone"),
    "storage_title": _("Room on the phone"),
    "persistent": _("The browser promised not to clear it by itself."),
    "not_persistent": _(
        "The browser may clear what is kept here when the phone is full: send as soon as there is a signal. Installing the app on the home screen helps."
    ),
    "room_left": _("Room for photos: about {megabytes} MB."),
    "leave_title": _("Lock or sign out"),
    "leave_what": _(
        "Locking keeps everything on the phone. Signing out erases it, once everything is sent."
    ),
    "lock_now": _("Lock"),
    "sign_out": _("Sign out and erase"),
    "sign_out_sure": _("Erase your list from this phone?"),
    "sign_out_sure_waits": _(
        "Not sent yet: {count}. Your list is erased now, the rest once it was sent. Go on?"
    ),
    "sign_out_waits": _(
        "Still here: {count}. Send them or throw the drafts away; then this phone is empty."
    ),
    "ordinary_pages": _("Ordinary pages (need a connection)"),
    "my_phones": _("My phones"),
    "newer": _("A newer version of the app is ready. Nothing you filled in is lost."),
    "newer_use": _("Use it now"),
    "ended_signed_out": _("You signed out. What is left here goes once it was sent."),
    "ended_device_revoked": _(
        "This phone may not be used any more. What you filled in is still sent and goes to a colleague; then it is erased here."
    ),
    "ended_device_expired": _(
        "This phone was without a connection for too long, or yours for 90 days. What you filled in is still sent and goes to a colleague; then make the phone yours again."
    ),
    "ended_device_unknown": _(
        "The system does not know this phone any more. Save a rescue file and give it to the village office; nothing is erased."
    ),
    "erased_signed_out": _("You are signed out. Your list is erased from this phone."),
    "erased_device_revoked": _(
        "This phone may not be used any more. Everything was sent, then erased here."
    ),
    "erased_device_expired": _(
        "This phone was without a connection for too long, or yours for 90 days. Everything was sent, then erased here. Make the phone yours again."
    ),
    "erased_device_unknown": _(
        "The system does not know this phone any more. Nothing was left to send, so it is empty now."
    ),
}
