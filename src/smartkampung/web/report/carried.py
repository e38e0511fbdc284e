"""How the drafts of the report form travel between its screens."""

from smartkampung.web.carried import Carrier
from smartkampung.web.report.wizard import FORM

CARRIER = Carrier(form=FORM, start="report:form", cookie="report")
keep, draft_of = CARRIER.keep, CARRIER.draft_of
close, code_of_sent = CARRIER.close, CARRIER.code_of_sent
