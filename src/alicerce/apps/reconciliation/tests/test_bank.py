"""A statement's lines come in once, and each says once in the ledger what it is."""

from dataclasses import replace
from datetime import timedelta
from time import process_time

import pytest

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.ports import ProviderRefund
from alicerce.apps.billing.services.record_payment import record_payment
from alicerce.apps.billing.tests.factories import NOON, an_account, an_invoice, by_hand
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.billing.types.corrections import RefundStatus
from alicerce.apps.identity.tests.factories import a_person
from alicerce.apps.ledger.public import ledger_balance, ledger_imbalance
from alicerce.apps.reconciliation.errors import (
    AmountsDiffer,
    CounterpartTaken,
    LineMatched,
    UnreadableStatement,
)
from alicerce.apps.reconciliation.models import BankLine, BankStatement, Difference, Payout
from alicerce.apps.reconciliation.queries.arrivals import near_payouts
from alicerce.apps.reconciliation.queries.bank import line
from alicerce.apps.reconciliation.queries.counterparts import suggestions
from alicerce.apps.reconciliation.rules.sheets import (
    BadStatement,
    read_cents,
    read_day,
    read_ofx,
)
from alicerce.apps.reconciliation.services.check_bank import check_bank
from alicerce.apps.reconciliation.services.match_lines import (
    confirm_match,
    confirm_sure,
    match_told_payment,
    undo_match,
)
from alicerce.apps.reconciliation.services.match_rest import match_with_rest
from alicerce.apps.reconciliation.services.upload_statement import (
    add_bank_account,
    read_statement,
    upload_statement,
)
from alicerce.apps.reconciliation.tests.factories import (
    LATER,
    a_booked_payment,
    compared,
    standing,
)
from alicerce.apps.reconciliation.types import MatchKind
from alicerce.kernel.money import Money

DAY = NOON.date()
OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>BRL
<BANKACCTFROM><BANKID>0341<ACCTID>12345-6<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST>{lines}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""


def ofx(*lines):
    """A file with these (day, amount, fitid, memo)."""
    told = "".join(
        f"<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{day:%Y%m%d}120000[-3:BRT]<TRNAMT>{amount}"
        f"<FITID>{fitid}<MEMO>{memo}</STMTTRN>"
        for day, amount, fitid, memo in lines
    )
    return OFX.format(lines=told).encode("cp1252")


@pytest.fixture
def bank(tenant):
    return add_bank_account(name="Itaú", bank="341", number="12345-6", currency="BRL", at=NOON)


@pytest.fixture
def send(bank):
    """Upload a file; its lines in the order of their days and amounts."""
    user = a_person()

    def upload(raw, at=NOON):
        statement_id = upload_statement(
            bank_account_id=bank, raw=raw, filename="extrato", user_id=user.pk, at=at
        )
        return BankStatement.objects.get(pk=statement_id)

    return upload


def lines():
    return [row.view() for row in BankLine.objects.order_by("posted_on", "amount_cents")]


class TestUpload:
    def test_takes_each_line_of_an_ofx_once_however_often_it_comes(self, send):
        one = (DAY, "1234.50", "A1", "TED RECEBIDA")
        fee = (DAY, "-2,35", "A1", "TARIFA TED")  # banks give the fee the same id
        first = send(ofx(one, fee))
        again = send(ofx(one, fee, (DAY, "10.00", "A2", "PIX"), (DAY, "x", "A3", "?")))

        assert (first.added, first.repeated) == (2, 0)
        assert (again.added, again.repeated) == (1, 2)
        assert again.view().faults[0].field == "amount"
        assert [one.amount.cents for one in lines()] == [-235, 1000, 123450]
        assert bytes(again.content) == b""

    def test_reads_a_csv_by_its_columns_and_tells_alike_lines_apart(self, send):
        csv = (
            "Data;Histórico;Crédito;Débito\n"
            "01/09/2026;TARIFA;;1,50\n01/09/2026;TARIFA;;1,50\n"
            "02/09/2026;PIX JOSÉ;1.234,56;\n31/02/2026;?;1,00;\n"
        ).encode("cp1252")
        columns = {"posted_on": 0, "memo": 1, "credit": 2, "debit": 3}
        for added in (3, 0):
            waiting = send(csv)
            assert waiting.state == "waiting"
            assert read_statement(statement_id=waiting.id, columns=columns, at=NOON)
            assert not read_statement(statement_id=waiting.id, columns=columns, at=NOON)
            waiting.refresh_from_db()
            assert (waiting.added, waiting.view().faults[0].row) == (added, 4)

        assert [one.amount.cents for one in lines()] == [-150, -150, 123456]
        assert lines()[2].memo == "PIX JOSÉ"

    @pytest.mark.parametrize("raw", [b"", b"\0\1", b"OFXHEADER:100\n\nnothing", b"a;b\n"])
    def test_refuses_what_is_no_statement(self, send, raw):
        with pytest.raises(UnreadableStatement):
            send(raw)


class TestAHostileFile:
    """Each of these took from a minute to days, or ended in an error of ours."""

    def test_has_no_amount_without_end_and_no_day_that_cannot_be_counted_from(self, send):
        wild = ("1E999990", "1E999999", "9" * 5000, "1e3")
        days = (DAY.replace(year=1), DAY.replace(year=9999))
        read = send(
            ofx(
                *((DAY, amount, str(n), "PIX") for n, amount in enumerate(wild)),
                *((day, "10.00", "d", "E12345678901234") for day in days),
            ).replace(b"DTPOSTED10901", b"DTPOSTED00010901")
        )

        faults = [one.field for one in read.view().faults]
        assert (read.added, faults) == (0, ["amount"] * len(wild) + ["posted_on"] * 2)
        assert confirm_sure(at=NOON) == 0
        for amount in ("9" * 5000, "9" * 5000 + ",00", "1" * 25):
            with pytest.raises(ValueError, match=amount[:24]):
                read_cents(amount)
        with pytest.raises(ValueError, match="0001"):
            read_day("01/01/0001")

    @pytest.mark.parametrize(
        "raw",
        [
            b"OFXHEADER:100" + b" " * 2_000_000 + b"DATA:<OFX>",
            b"OFXHEADER:100 DATA:?<OFX>" + b" " * 2_000_000 + b"</OFX>",
            b"<?xml version='1.0'" + b" " * 3_000 + b"x<OFX>",
            OFX.format(lines="<MEMO><![CDATA[x" * 100_000).encode(),
            OFX.format(lines="<MEMO>" * 600_000).encode(),
        ],
        ids=["head", "body in the head's line", "declaration", "sections", "tags"],
    )
    def test_is_refused_at_once(self, raw):
        begun = process_time()

        with pytest.raises(BadStatement):
            read_ofx(raw)

        assert process_time() - begun < 2

    @pytest.mark.parametrize(
        "raw", [b"Data" + b";" * 61 + b"\n1\n", b"Data;Valor\n" + b"1;2\n" * 20_001]
    )
    def test_offers_no_more_columns_and_lines_than_a_statement_has(self, send, raw):
        """Each column would be offered six times on a page."""
        with pytest.raises(UnreadableStatement):
            send(raw)

    def test_may_have_text_in_sections(self):
        said = OFX.format(
            lines="<STMTTRN><DTPOSTED>20260901<TRNAMT>1.00<MEMO><![CDATA[A & <B>]]></STMTTRN>"
        )

        assert read_ofx(said.encode()).entries[0].memo == "A & B>"


class TestPayoutsInTheBank:
    @pytest.fixture
    def paid_out(self, account, said):
        said.receive(a_booked_payment(account), fee=238, at=NOON)
        said.pay_out(at=NOON)
        said.arrive()
        compared(account)

    def test_are_found_confirmed_and_posted_once_and_undone_by_a_mirror(self, paid_out, send):
        send(ofx((DAY + timedelta(days=1), "47.52", "B1", "STRIPE PAGAMENTOS po_1")))
        (found,) = lines()
        (likely,) = suggestions(found)
        assert (likely.kind, likely.why) == (MatchKind.PAYOUT, ("name", "amount"))
        match = {"line_id": found.id, "kind": likely.kind, "subject": likely.subject}

        for _ in range(2):
            confirm_match(**match, at=LATER)
            with pytest.raises(LineMatched):
                confirm_match(**match, at=LATER)
            assert ledger_balance("bank") == (Money(4752),)
            assert ledger_balance("clearing:stripe") == (Money(0),)
            undo_match(line_id=found.id, at=LATER)
            assert ledger_balance("bank") == (Money(0),)
            assert ledger_balance("clearing:stripe") == (Money(4752),)
        assert ledger_imbalance() == 0

    def test_that_did_not_arrive_are_missed_only_where_a_statement_goes_beyond(
        self, paid_out, send
    ):
        send(ofx((DAY + timedelta(days=1), "-5.00", "B1", "OUTRO")))
        check_bank(at=LATER)
        assert standing() == {}

        send(ofx((DAY + timedelta(days=3), "-5.00", "B2", "OUTRO")))
        check_bank(at=LATER)
        assert standing() == {"payout_not_in_bank": "open"}

        send(ofx((DAY + timedelta(days=1), "47.52", "B3", "STRIPE")))
        (arrived,) = (one for one in lines() if one.amount.cents > 0)
        payout = Payout.objects.get()
        confirm_match(
            line_id=arrived.id, kind=MatchKind.PAYOUT, subject=str(payout.id), at=LATER
        )
        check_bank(at=LATER)
        assert standing() == {}

    @pytest.mark.parametrize(
        ("came", "memo", "why"),
        [
            ("46.52", "STRIPE REPASSE po_1", "name"),
            ("48.52", "TED STRIPE BRASIL", "descriptor"),
            ("46.52", "TED RECEBIDA", "near"),
        ],
    )
    def test_short_or_long_are_one_row_at_once_and_the_rest_is_the_bank_s(
        self, paid_out, send, came, memo, why
    ):
        send(ofx((DAY + timedelta(days=1), came, "B1", memo)))
        (found,) = lines()
        assert suggestions(found) == []
        check_bank(at=LATER)
        check_bank(at=LATER + timedelta(days=20))  # nor missing, nor a line alone
        told = "payout_bank_amount" if why != "near" else "payout_not_in_bank"
        row = Difference.objects.get(kind=told)
        cents = found.amount.cents
        if why == "near":  # words prove it, an amount only suggests it
            assert set(standing()) == {"bank_line_alone", "payout_not_in_bank"}
        else:
            assert standing() == {told: "open"}
            assert (row.there_cents, row.here_cents, row.line_id) == (4752, cents, found.id)
        (near,) = near_payouts(found)
        assert (near.why, near.gap_cents, near.bookable) == (why, 4752 - cents, True)
        deed = {"line_ids": [found.id], "payout_id": near.payout.id, "at": LATER}
        with pytest.raises(AmountsDiffer):
            match_with_rest(gap_cents=near.gap_cents + 1, **deed)

        for _ in range(2):
            match_with_rest(gap_cents=near.gap_cents, **deed)
            check_bank(at=LATER)
            assert standing() == {}
            assert line(found.id).match_rest_cents == near.gap_cents
            assert ledger_balance("bank") == (Money(cents),)
            assert ledger_balance("fees:bank") == (Money(near.gap_cents),)
            assert ledger_balance("clearing:stripe") == (Money(0),)
            undo_match(line_id=found.id, at=LATER)
            assert ledger_balance("clearing:stripe") == (Money(4752),)
            check_bank(at=LATER + timedelta(days=20))
        assert ledger_imbalance() == 0
        row.refresh_from_db()
        assert (row.state, row.reopened) == ("open", 2)

    def test_far_from_what_was_told_are_a_row_but_no_fee(self, paid_out, send):
        send(ofx((DAY, "20.00", "B1", "STRIPE po_1"), (DAY, "47.52", "B2", "OUTRO CLIENTE")))
        check_bank(at=LATER)
        assert standing() == {}  # the very amount is there: a person says which it is
        (named, other) = lines()
        BankLine.objects.filter(pk=other.id).update(matched_at=LATER)

        check_bank(at=LATER)

        assert standing() == {"payout_bank_amount": "open"}
        (near,) = near_payouts(named)
        with pytest.raises(AmountsDiffer):
            match_with_rest(
                line_ids=[named.id], payout_id=near.payout.id, gap_cents=2752, at=LATER
            )


class TestPixInTheBank:
    def test_names_its_payment_its_refund_and_its_fee_and_the_sure_ones_match_themselves(
        self, tenant, said, send
    ):
        account = an_account(GatewayKind.PIX)
        paid = a_booked_payment(account, provider="pix", reference=f"E{'9' * 31}")
        said.receive(paid, at=NOON)
        back = ProviderRefund(
            "dev1234567890", paid.reference, Money(990), RefundStatus.SUCCEEDED
        )
        said.give_back(back, at=NOON)
        billing.follow_refund(account_id=account.id, told=back, at=NOON)
        compared(account)
        send(
            ofx(
                (DAY, "49.90", "C1", f"PIX RECEBIDO {paid.reference}"),
                (DAY, "-9.90", "C2", "PIX DEVOLVIDO dev1234567890"),
                (DAY, "-0.49", "C3", "TARIFA PIX"),
            )
        )

        assert confirm_sure(at=LATER) == 2

        fee = next(one for one in lines() if one.match is None and one.amount.cents == -49)
        (likely,) = suggestions(fee)
        confirm_match(line_id=fee.id, kind=likely.kind, subject=likely.subject, at=LATER)
        assert ledger_balance("clearing:pix") == (Money(0),)
        assert ledger_balance("fees:bank") == (Money(49),)
        assert ledger_balance("bank") == (Money(4990 - 990 - 49),)
        assert line(fee.id).match == MatchKind.FEE

    def test_one_payment_is_one_line_only(self, tenant, said, send):
        account = an_account(GatewayKind.PIX)
        paid = a_booked_payment(account, provider="pix")
        said.receive(paid, at=NOON)
        compared(account)
        send(ofx((DAY, "49.90", "D1", "PIX"), (DAY, "49.90", "D2", "PIX")))
        first, second = lines()
        (likely,) = suggestions(first)
        match = {"kind": likely.kind, "subject": likely.subject, "at": LATER}

        confirm_match(line_id=first.id, **match)

        assert suggestions(second) == []
        with pytest.raises(CounterpartTaken):
            confirm_match(line_id=second.id, **match)


class TestPaymentsByHand:
    def test_one_that_quotes_a_line_is_that_line_and_posts_nothing_twice(self, tenant, send):
        send(ofx((DAY, "49.90", "E1", "TED DE JOSE 529.982.247-25")))
        (found,) = lines()
        told = by_hand(4990, reference=found.code)
        payment_id = record_payment(invoice_id=an_invoice().id, told=told, at=LATER)

        assert match_told_payment(payment_id=payment_id, at=LATER)
        assert not match_told_payment(payment_id=payment_id, at=LATER)

        assert line(found.id).match == MatchKind.BY_HAND
        assert ledger_balance("bank") == (Money(4990),)
        undo_match(line_id=found.id, at=LATER)
        assert ledger_balance("bank") == (Money(4990),)

    def test_one_of_another_amount_is_left_to_a_person(self, tenant, send):
        send(ofx((DAY, "60.00", "F1", "TED")))
        (found,) = lines()
        told = replace(by_hand(4990), reference=found.code)
        payment_id = record_payment(invoice_id=an_invoice().id, told=told, at=LATER)

        assert not match_told_payment(payment_id=payment_id, at=LATER)
        assert line(found.id).match is None
