"""What must hold after every try, asked of the rows and not of the program."""

from django.db import connection

# Each finds what must not be; the number is how many of it.
WRONG = {
    "a transfer does not sum to zero": """
        SELECT e.transfer_id FROM ledger_entry e JOIN ledger_account a
            ON a.code = e.account_id
        GROUP BY e.transfer_id, a.commodity HAVING sum(e.amount) <> 0""",
    "a balance is not the sum of its entries": """
        SELECT a.code FROM ledger_account a LEFT JOIN ledger_entry e
            ON e.account_id = a.code
        GROUP BY a.code, a.balance HAVING a.balance <> coalesce(sum(e.amount), 0)""",
    "an account is below zero": """
        SELECT code FROM ledger_account WHERE balance < 0 AND NOT may_go_below_zero""",
    "somebody is entitled twice for a period": """
        SELECT programme_id FROM aid_entitlement WHERE NOT cancelled
        GROUP BY programme_id, unit_key, period HAVING count(*) > 1""",
    "somebody is entitled twice on two family cards": """
        SELECT programme_id FROM aid_entitlement WHERE NOT cancelled
        GROUP BY programme_id, person_id, period HAVING count(*) > 1""",
    "somebody got it twice": """
        SELECT due.programme_id FROM aid_entitlement due JOIN (
            SELECT entitlement_id FROM aid_payment WHERE state = 'paid'
            UNION ALL SELECT entitlement_id FROM aid_handover
                WHERE outcome IN ('received', 'partial')
        ) got ON got.entitlement_id = due.id
        GROUP BY due.programme_id, due.unit_key, due.period HAVING count(*) > 1""",
    "somebody is on a list twice at once": """
        SELECT one.id FROM aid_enrolment one JOIN aid_enrolment two
            ON one.programme_id = two.programme_id AND one.id < two.id
            AND one.family_id = two.family_id
            AND one.person_id IS NOT DISTINCT FROM two.person_id
            AND one.component = two.component
            AND daterange(one.since, one.until) && daterange(two.since, two.until)""",
    "more are enrolled than there are places": """
        SELECT l.id FROM aid_villagelist l JOIN aid_proposal p
            ON p.village_list_id = l.id AND p.state IN ('enrolled', 'suspended')
        GROUP BY l.id, l.quota, l.taken
        HAVING count(*) > l.quota OR count(*) <> l.taken""",
    "what is promised is not what is put aside": """
        SELECT programme.code FROM aid_programme programme
        JOIN ledger_account a ON a.code = 'committed/' || programme.code
        WHERE a.balance <> (
            SELECT coalesce(sum(due.amount), 0) FROM aid_entitlement due
            WHERE due.programme_id = programme.code AND NOT due.cancelled
                AND NOT EXISTS (SELECT FROM aid_handover h
                    WHERE h.entitlement_id = due.id
                        AND h.outcome IN ('received', 'partial', 'declined'))
                AND NOT EXISTS (SELECT FROM aid_payment p
                    WHERE p.entitlement_id = due.id
                        AND p.state IN ('in_transit', 'paid')))""",
    "what is with the bank is not what was sent": """
        SELECT programme.code FROM aid_programme programme
        JOIN ledger_account a ON a.code = 'in_transit/' || programme.code
        WHERE a.balance <> (SELECT coalesce(sum(p.amount), 0) FROM aid_payment p
            JOIN aid_paymentbatch b ON b.id = p.batch_id
            WHERE b.programme_id = programme.code AND p.state = 'in_transit')""",
}
TOGETHER = " UNION ALL ".join(
    f"SELECT '{what}' WHERE EXISTS ({query})" for what, query in WRONG.items()
)


def broken() -> list[str]:
    """Return the promises that do not hold now."""
    with connection.cursor() as cursor:
        # What the database checks at commit is checked here, after every try.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        # Planning the questions takes longer than answering them: once a connection.
        cursor.execute("SELECT FROM pg_prepared_statements WHERE name = 'broken'")
        if not cursor.rowcount:
            cursor.execute(f"PREPARE broken AS {TOGETHER}")
        cursor.execute("EXECUTE broken")
        return [what for (what,) in cursor.fetchall()]
