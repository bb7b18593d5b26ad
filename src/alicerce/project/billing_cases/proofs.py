"""Cases that figures alone cannot answer: the test that asserts each, and what is not built yet."""

from collections.abc import Mapping

BILLING = "src/alicerce/apps/billing/tests"
HOSTING = "src/alicerce/apps/hosting/tests"
SUBSCRIPTIONS = "src/alicerce/apps/subscriptions/tests"
SWITCHING = "src/alicerce/apps/switching/tests"

# Behavior, by id and area: a company's own case with the same id is another case.
PROVED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("BAL-006", "concurrency"): (
        f"{BILLING}/test_races.py::TestTogether::test_two_debits_of_one_balance_and_one_wins",
    ),
    ("BAL-007", "concurrency"): (
        f"{BILLING}/test_races.py::TestTogether::test_one_payment_told_fifty_times_is_booked_once",
        "tests/journeys/test_paid_hosting_goes_live.py::test_told_five_times_it_happens_once",
    ),
    ("EVT-003", "webhook_dedupe"): (
        f"{BILLING}/test_races.py::TestTogether::test_one_notice_told_fifty_times_is_kept_once",
    ),
    ("EVT-007", "scheduler"): (
        f"{SUBSCRIPTIONS}/test_races.py::test_schedulers_that_begin_at_once_begin_one_run",
        f"{SUBSCRIPTIONS}/test_races.py::test_workers_at_once_bill_each_customer_once",
    ),
    ("MIG-003", "import"): (
        f"{SWITCHING}/test_shadow.py::TestAShadow::test_leaves_no_difference_unexplained_and_sends_nothing",
        f"{SWITCHING}/test_shadow.py::TestAShadow::test_finds_one_cent",
    ),
    ("NUM-001", "invoice_number"): (
        f"{BILLING}/test_issuers.py::TestIssuers::test_number_their_own_series_whoever_bills_a_customer_meanwhile",
        f"{BILLING}/test_issuers.py::test_forty_runs_at_once_over_two_issuers_leave_no_gap",
    ),
    ("PIX-001", "pix"): (
        f"{BILLING}/test_charges.py::TestBeginCharge::test_gives_the_same_charge_while_it_lives",
        f"{BILLING}/test_races.py::TestTogether::test_one_click_too_many_begins_one_charge",
    ),
}

# Behavior by its id in the reference, whatever its area is called, as long as no figures answer it.
PROVED_ANYWHERE: Mapping[str, tuple[str, ...]] = {
    "EVT-001": (  # several events of one payment are one payment
        f"{BILLING}/test_book_payment.py::TestBookPayment::test_hears_the_same_payment_many_times_and_books_it_once",
    ),
    "EVT-004": (  # what comes late takes nothing back
        f"{BILLING}/test_invoices.py::TestIssuedInvoice::test_stays_paid",
        f"{BILLING}/test_charges.py::TestRequestCharge::test_books_what_was_paid_before_we_knew_of_the_charge",
    ),
    "EVT-006": (  # paid meanwhile: nothing is charged
        f"{BILLING}/test_charges.py::TestRequestCharge::test_does_not_begin_for_an_invoice_paid_meanwhile",
        f"{BILLING}/test_charges.py::TestEnd::test_of_an_invoice_closes_its_other_charges",
    ),
    "PIX-002": (  # money for a void or paid invoice is kept
        f"{BILLING}/test_book_payment.py::TestBookPayment::test_keeps_what_was_paid_for_a_void_invoice",
        f"{BILLING}/test_book_payment.py::TestBookPayment::test_keeps_a_second_payment_for_the_customer",
    ),
}

# Single expectations of a case whose figures are answered.
PROVED_KEYS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("FEE-003", "invariant"): (
        f"{BILLING}/test_payout_rules.py::test_whatever_is_asked_sent_and_taken_back_sums_to_what_was_earned",
    ),
    ("PROV-003", "after_last"): (
        f"{HOSTING}/test_whm.py::TestRunOverHttps::test_tells_once_and_only_once_when_it_gives_up",
        "src/alicerce/apps/support/tests/test_open_ticket.py::TestTrouble::test_of_a_run_becomes_one_ticket",
    ),
    ("PROV-004", "full_group"): (
        f"{HOSTING}/test_room.py::TestRoom::test_of_a_full_group_refuses_the_order_before_the_invoice",
        f"{HOSTING}/test_room.py::test_the_last_place_is_ordered_once_however_many_ask_at_the_same_time",
    ),
}

# What the platform does not do yet, with the reason.
NOT_YET: Mapping[tuple[str, str], str] = {
    ("PROV-006", "domain"): "domains are not registered yet",
    ("PROV-007", "domain"): "domains are not registered yet",
    ("MIG-001", "migration"): "accounts are moved by people",
    ("MIG-002", "migration"): "accounts are moved by people",
}
NOT_YET_KEYS: Mapping[tuple[str, str], str] = {}

# Where several answers are right, the one that is ours (docs/decisions/0034).
POLICIES: Mapping[str, str] = {
    "PRO-019": "real days are our default; months of thirty days are the other option",
    "PRO-025": "our default restarts the cycle on a change of interval; this is the other rule",
    "PRO-034": "a credit and a debit, each rounded alone; never one net line",
    "CAL-008": "the day is kept while the service runs, and begins again when it was suspended",
    "TAX-003": "each tax is rounded once on the document and spread over its lines",
    "DISC-002": "the percentage of the sum, spread by largest remainder",
    "DUN-006": "our own ladder suspends on day 5 and destroys nothing by the clock",
    "PROV-003": "four seconds and a quarter more or less, doubling, then a slow lane",
}
