"""A company's own file: what agrees, what differs, and what is not a file of cases at all."""

import json

import pytest

from alicerce.project.billing_cases.reading import Unreadable, scenarios_in
from alicerce.project.billing_cases.verifying import Status, verify
from alicerce.project.cli.billing import main

UPGRADE = """
- id: MINE-1
  area: proration
  title: From Start to Pro on the 16th
  given: {plan_old: 10000, plan_new: 30000, period: [2025-06-01, 2025-07-01]}
  when: {on: 2025-06-16}
  expect: {credit: 5000, debit: 15000, due: 10000}
"""


@pytest.fixture
def write(tmp_path):
    def written(text):
        path = tmp_path / "cases.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def judged(write):
    def verdicts(text):
        return [verify(one) for one in scenarios_in(write(text))]

    return verdicts


def case(area, given, expect):
    text = json.dumps({"id": "X", "area": area, "given": given, "expect": expect})
    return json.dumps([json.loads(text)])


class TestVerify:
    def test_agrees_with_a_case_however_its_dates_are_written(self, judged):
        (verdict,) = judged(UPGRADE)

        assert (verdict.status, verdict.answered) == (Status.OK, 3)

    def test_names_what_differs_and_what_came_out(self, judged):
        (verdict,) = judged(UPGRADE.replace("credit: 5000", "credit: 5001"))

        assert verdict.status == Status.DIFFERS
        assert str(verdict.differences[0]) == "credit expected 5001, got 5000"

    def test_names_the_case_of_several(self, judged):
        (verdict,) = judged(
            """
            - id: MINE-2
              area: late_fee
              title: late
              cases:
                - {amount: 10000, days_late: 5, total: 10217}
                - {amount: 10000, days_late: 5, total: 10216}
            """
        )

        assert [str(one) for one in verdict.differences] == [
            "case 2: total expected 10216, got 10217"
        ]

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            (case("mars", {"a": 1}, {"b": 1}), "no rules for the area `mars`"),
            (case("proration", {"a": 1}, {"b": 1}), "no rule of ours takes a"),
            (UPGRADE.replace("credit: 5000", "karma: 1"), "no rule of ours says `karma`"),
            (UPGRADE.replace("10000, plan_new", "ten, plan_new"), "'ten' is not a number"),
            (UPGRADE.replace("2025-06-16", "2025-09-16"), "is not in"),
            (case("proration", {"old": 1, "new": 2, "fraction_left": "1"}, {}), "nothing to"),
        ],
    )
    def test_says_why_it_does_not_understand(self, judged, text, why):
        (verdict,) = judged(text)

        assert verdict.status == Status.NOT_UNDERSTOOD
        assert why in verdict.why

    def test_tells_what_was_given_and_not_looked_at(self, judged):
        (verdict,) = judged(
            UPGRADE.replace("plan_old", "moon: full, plan_old").replace("5000,", "5001,")
        )

        assert verdict.ignored == ("moon",)

    def test_takes_no_case_of_a_company_for_a_proof_of_ours(self, judged):
        (verdict,) = judged(UPGRADE.replace("MINE-1", "EVT-003"))

        assert verdict.status == Status.OK

    def test_names_the_tests_that_assert_a_behavior(self, judged):
        (verdict,) = judged("- {id: PIX-002, area: late_money, title: x, expect: {lost: 0}}")

        assert verdict.status == Status.PROVED
        assert all(test.startswith("src/") for test in verdict.tests)

    @pytest.mark.parametrize(
        ("area", "given", "expect"),
        [
            (
                "proration",
                {"plan_old": 30000, "plan_new": 10000, "fraction_left": "0.5"},
                {"credit": 15000, "debit": 5000, "net": -10000, "to_wallet": 10000},
            ),
            (
                "proration",
                {
                    "plan_old": 10000,
                    "old_interval": "month",
                    "plan_new": 100000,
                    "new_interval": "year",
                    "period": ["2025-06-01", "2025-07-01"],
                    "change_at": "2025-06-16",
                },
                {"credit": 5000, "debit": 100000, "new_period": ["2025-06-16", "2026-06-16"]},
            ),
            (
                "proration",
                {
                    "plan_old": 3000,
                    "plan_new": 6000,
                    "anchor": "2024-01-31",
                    "at": "2024-02-28",
                },
                {"credit": 103, "debit": 207, "next_due": "2024-02-29"},
            ),
            (
                "proration_discount",
                {
                    "plan_old": 10000,
                    "plan_new": 30000,
                    "discount_pct_old": 50,
                    "fraction_left": "0.5",
                },
                {"credit": 2500, "debit": 15000},
            ),
            (
                "proration",
                {"start": "2011-01-01", "billing_day": 15, "interval": "month"},
                {"leading": "14/31", "next_due": "2011-01-15"},
            ),
            (
                "proration",
                {"range": ["2012-01-20", "2012-03-10"], "billing_day": 15, "interval": "month"},
                {"fractions": ["26/31", "24/29"]},
            ),
            (
                "trial",
                {
                    "monthly": 5000,
                    "start": "2024-03-05",
                    "trial_days": 10,
                    "billing": "anniversary",
                },
                {"amount": 5000, "period": ["2024-03-15", "2024-04-15"]},
            ),
            (
                "calendar",
                {"anchor": "2024-02-29", "interval": "year"},
                {"periods": [["2024-02-29", "2025-02-28"], ["2025-02-28", "2026-02-28"]]},
            ),
            (
                "calendar",
                {"start": "2026-01-10", "billing_day": 5, "interval": "month"},
                {"invoice_starts": ["2026-01-10", "2026-02-05"]},
            ),
            (
                "timezone",
                {"timezone": "America/Sao_Paulo", "instant": "2026-03-01T02:30:00+00:00"},
                {"local_date": "2026-02-28"},
            ),
            ("tax", {"gross": 12000, "tax_pct": "20%"}, {"net": 10000, "tax": 2000}),
            (
                "tax",
                {"item": 10000, "tax_pct": 0, "withheld_pct": 5},
                {"total": 10000, "withheld": 500, "payable": 9500},
            ),
            ("coupon", {"items": [1000], "basis_points": 5000}, {"discount": 500, "net": 500}),
            (
                "pricing",
                {
                    "tiers": [{"up_to": 10, "unit": 100}, {"up_to": None, "unit": 50}],
                    "quantity": 11,
                },
                {"graduated": 1050, "volume": 550},
            ),
            ("pricing", {"package_size": 10, "price": 700, "quantity": 11}, {"amount": 1400}),
            (
                "partial_payment",
                {"invoice": 10000, "payments": [4000, 3000]},
                {"status": "partially_paid", "remaining": 3000, "client_credit": 0},
            ),
            (
                "overdue",
                {
                    "monthly": 3000,
                    "period": ["2026-06-01", "2026-07-01"],
                    "blocked_from": "2026-06-11",
                    "paid_on": "2026-06-21",
                },
                {"blocked_days_credit": 1000, "blocked_days": 10},
            ),
            (
                "dunning",
                {"failed_on": "2026-06-10"},
                {"retry_dates": ["2026-06-12", "2026-06-17", "2026-06-24", "2026-07-01"]},
            ),
            (
                "pix_refund",
                {"paid_on": "2026-01-01", "refund_on": "2026-04-02"},
                {"refund": "rejected"},
            ),
            (
                "refund",
                {"paid": 1000, "refunded": 400, "pending": 600},
                {"refundable": 0, "further_refund": "rejected"},
            ),
            ("split", {"gross": 10000, "commission_pct": 10}, {"commission": 1000}),
            (
                "proration",
                {
                    "plan_old": 12000,
                    "plan_new": 24000,
                    "interval": "year",
                    "expires": "2026-01-01",
                    "change_at": "2025-07-02",
                },
                {"credit": 6016, "debit": 12033},
            ),
            (
                "proration",
                {"price_per_day": 100, "start": "2026-01-10", "end": "2026-01-20"},
                {"days": 11, "total": 1100},
            ),
            (
                "proration",
                {"from": "2012-01-20", "to": "2012-03-10", "billing_day": 15},
                {"fractions": ["26/31", "24/29"]},
            ),
            (
                "tax",
                {"items": [1000, 500], "tax_pct": [[10, 5], [20, 5]]},
                {"taxes": [150, 125], "total": 1775},
            ),
            (
                "credit_balance",
                {"invoice": 10000, "wallet_used": 4000},
                {"wallet_returned": 4000, "balance_after": 4000},
            ),
            (
                "calendar",
                {
                    "plan_old": 3000,
                    "plan_new": 3000,
                    "period": ["2026-02-01", "2026-03-01"],
                    "at": "2026-02-01",
                },
                {"fraction_left": "1", "net": 0},
            ),
        ],
    )
    def test_answers_other_cases_of_the_areas_it_knows(self, judged, area, given, expect):
        (verdict,) = judged(case(area, given, expect))

        assert verdict.status == Status.OK, verdict


class TestFile:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "scenarios: []",
            "- 3",
            "- {title: no id}",
            "a: [",
            "- {id: 1, given: 3}",
            "- {id: 1, cases: {a: 1}}",
            "- {id: 1}\n- {id: 1}",
            "a: &a [x]\nscenarios: [{id: 1, given: {b: *a}}]",
            "scenarios: !!python/object/apply:os.system [id]",
            "[" * 5000,
            "\x00",
        ],
    )
    def test_that_is_no_list_of_cases_is_refused(self, write, text):
        with pytest.raises(Unreadable):
            scenarios_in(write(text))

    def test_that_is_too_big_or_absent_is_refused(self, write, tmp_path):
        for path in (write(" " * 2_000_001), tmp_path / "none.yaml", tmp_path):
            with pytest.raises(Unreadable):
                scenarios_in(path)

    def test_keeps_on_as_a_name_and_a_time_as_words(self, write):
        (one,) = scenarios_in(write("- {id: 1, given: {on: 12:30, off: no}}"))

        assert one.given == {"on": "12:30", "off": "no"}


class TestCommand:
    def test_prints_a_line_for_each_case_and_the_sum(self, write, capsys):
        assert main(["verify", str(write(UPGRADE))]) == 0

        out = capsys.readouterr().out
        assert "MINE-1    From Start to Pro on the 16th: ok" in out
        assert out.rstrip().endswith("1 cases: 1 ok")

    def test_fails_when_something_differs(self, write, capsys):
        assert main(["verify", str(write(UPGRADE.replace("15000", "1")))]) == 1
        assert "differs: debit expected 1, got 15000" in capsys.readouterr().out

    def test_fails_on_what_is_not_understood_when_strict(self, write, capsys):
        path = str(write(case("mars", {}, {"a": 1})))

        assert main(["verify", path]) == 0
        assert main(["verify", path, "--strict"]) == 1
        assert "not understood: no rules" in capsys.readouterr().out

    def test_is_misused_with_a_file_that_cannot_be_read(self, tmp_path, capsys):
        assert main(["verify", str(tmp_path / "none.yaml")]) == 2
        assert "cannot be read" in capsys.readouterr().err

    def test_prints_one_document_for_machines(self, write, capsys):
        main(["verify", str(write(UPGRADE)), "--json"])

        document = json.loads(capsys.readouterr().out)
        assert document["summary"]["ok"] == 1
        assert document["cases"][0]["id"] == "MINE-1"
