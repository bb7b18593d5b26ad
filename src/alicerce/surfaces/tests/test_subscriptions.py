"""Pages of subscriptions and of the billing of renewals: who sees them, and what their buttons do."""

from datetime import UTC, datetime
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.urls import reverse

from alicerce.apps.catalog.models import Price
from alicerce.apps.catalog.tests.factories import a_field, a_price, an_option
from alicerce.apps.catalog.types import FieldKind
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.models import BillingRun, BillingTerms, Schedule
from alicerce.apps.subscriptions.queries.cards import addons_of
from alicerce.apps.subscriptions.queries.changing import open_change
from alicerce.apps.subscriptions.queries.pages import billing_day_of
from alicerce.apps.subscriptions.services.billing_run import begin_run, take_run_step
from alicerce.apps.subscriptions.services.parking import park
from alicerce.apps.subscriptions.tests.factories import NOON, a_subscription, an_addon
from alicerce.apps.subscriptions.types import ParkReason
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.surfaces.tests.conftest import approve, browser

DUE = datetime(2026, 9, 24, 12, tzinfo=UTC)
CPF = "CPF do responsável"


@pytest.fixture(autouse=True)
def _noon():
    with (
        patch("alicerce.apps.subscriptions.web.acting.now", return_value=NOON),
        patch("alicerce.apps.subscriptions.web.workspace.now", return_value=NOON),
        patch("alicerce.apps.subscriptions.web.client.now", return_value=NOON),
        patch("alicerce.apps.subscriptions.web.crediting.now", return_value=NOON),
        patch("alicerce.apps.subscriptions.web.billing_runs.now", return_value=DUE),
    ):
        yield


@pytest.fixture
def reader(site):
    person = a_person("rita@padaria.example")
    a_member(site, person, "read_only")
    return browser(person)


@pytest.fixture
def hers(renata, renata_browser):
    return a_subscription(
        email=renata.email, document=renata.document, document_kind=renata.document_kind
    )


def at(surface, name, *args):
    return reverse(f"{surface}:{name}", args=args)


def card_of(subscription):
    return subscriptions.subscription(subscription.id)


class TestClient:
    def test_sees_what_renews_and_when(self, hers, renata_browser):
        listed = renata_browser.get(at("client", "subscriptions")).text
        shown = renata_browser.get(at("client", "subscription", hers.id)).text

        assert "padaria.com.br" in listed
        assert "1 de out. de 2026" in listed
        assert "Fatura nº A1" in shown

    def test_cancels_and_thinks_better_of_it(self, hers, renata_browser):
        page = at("client", "subscription_cancel", hers.id)
        assert renata_browser.get(page).status_code == 200

        renata_browser.post(page, {"when": "period_end", "reason": "Mudei"})
        assert card_of(hers).cancel_at_period_end

        renata_browser.post(at("client", "subscription_reactivate", hers.id))
        assert not card_of(hers).cancel_at_period_end

    def test_ends_it_now(self, hers, renata_browser):
        page = at("client", "subscription_cancel", hers.id)

        assert renata_browser.post(page, {"when": "soon"}).status_code == 422
        renata_browser.post(page, {"when": "now", "reason": ""})

        assert (card_of(hers).status, card_of(hers).end_cause) == ("ended", "customer")

    @pytest.mark.parametrize(
        "name", ["subscription", "subscription_cancel", "subscription_reactivate"]
    )
    def test_reaches_nothing_of_another_customer(self, name, hers, bruno_browser):
        page = at("client", name, hers.id)

        assert bruno_browser.post(page, {"when": "now"}).status_code in {404, 405}
        assert bruno_browser.get(page).status_code in {404, 405}
        assert card_of(hers).status == "active"


class TestCompany:
    def test_sees_all_of_them_and_one(self, hers, colleague, renata):
        listed = colleague.get(at("workspace", "subscriptions") + "?estado=ativas").text
        shown = colleague.get(at("workspace", "subscription", hers.id)).text
        tab = colleague.get(at("workspace", "customer_subscriptions", renata.id)).text

        for text in (listed, shown, tab):
            assert "padaria.com.br" in text
        assert "Pausar cobrança" in shown
        assert colleague.get(at("workspace", "subscription", uuid4())).status_code == 404

    def test_pauses_and_resumes(self, hers, colleague):
        colleague.post(at("workspace", "subscription_pause", hers.id))
        assert card_of(hers).is_paused
        assert "em pausa" in colleague.get(at("workspace", "subscription", hers.id)).text

        colleague.post(at("workspace", "subscription_unpause", hers.id))
        assert not card_of(hers).is_paused

    def test_cancels_and_takes_it_back(self, hers, colleague):
        page = at("workspace", "subscription_cancel", hers.id)
        assert colleague.get(page).status_code == 200

        colleague.post(page, {"when": "period_end", "reason": "Pediu por telefone"})
        assert "Funciona até" in colleague.get(at("workspace", "subscription", hers.id)).text
        colleague.post(at("workspace", "subscription_reactivate", hers.id))

        assert not card_of(hers).cancel_at_period_end

    def test_moves_a_customers_day(self, hers, colleague, renata):
        page = at("workspace", "subscription_day", hers.id)
        assert colleague.get(page).status_code == 200

        assert colleague.post(page, {"day": "32"}).status_code == 422
        colleague.post(page, {"day": "10"})

        assert billing_day_of(renata.id) == 10

    def test_credits_days_without_service(self, hers, colleague, reader):
        page = at("workspace", "subscription_credit", hers.id)
        typed = {"first_on": "2026-09-01", "last_on": "2026-09-01", "reason": "Fora do ar"}
        assert page in colleague.get(at("workspace", "subscription", hers.id)).text
        assert reader.post(page, typed).status_code == 403
        late = colleague.post(page, {**typed, "last_on": "2026-09-02"})
        assert late.status_code == 422

        approve(colleague, colleague.post(page, typed), shows=("Fora do ar", "R$\xa01,00"))

        assert colleague.post(page, typed).status_code == 422, "a day is credited once"

    def test_shows_no_button_to_who_only_reads(self, hers, reader):
        shown = reader.get(at("workspace", "subscription", hers.id)).text

        assert "Pausar cobrança" not in shown
        assert reader.post(at("workspace", "subscription_pause", hers.id)).status_code == 403


class TestBilling:
    def test_says_what_each_day_came_to(self, hers, colleague):
        begun = colleague.post(at("workspace", "billing_start"))
        run = BillingRun.objects.get()
        take_run_step(run_id=run.id, on=run.on, at=DUE)

        shown = colleague.get(begun.headers["Location"]).text
        assert "Concluído" in shown
        assert "1/1" in shown
        assert "29,90" in shown

    def test_has_nothing_to_begin_on_a_quiet_day(self, colleague):
        refused = colleague.post(at("workspace", "billing_start"), follow=True).text

        assert "Não há renovações para faturar hoje." in refused

    def test_shows_who_waits_and_lets_them_go(self, hers, colleague, renata):
        park(customer_id=renata.id, reason=ParkReason.LINES, detail="16 > 15", at=NOON)

        shown = colleague.get(at("workspace", "billing_runs")).text
        assert "Linhas demais em um dia" in shown
        assert "16 &gt; 15" in shown
        colleague.post(at("workspace", "billing_release", renata.id))

        assert Schedule.objects.get().parked_at is None

    def test_keeps_the_companys_terms(self, hers, colleague):
        page = at("workspace", "billing_terms")
        given = {"days_ahead": "10", "most_lines": "30", "most_times": "4", "notice_days": "45"}

        assert colleague.get(page).status_code == 200
        assert colleague.post(page, {**given, "days_ahead": "40"}).status_code == 422
        colleague.post(page, given)

        kept = BillingTerms.objects.get()
        assert (kept.days_ahead, kept.notice_days) == (10, 45)
        assert card_of(hers).next_bill_on.day == 21

    def test_is_read_by_who_reads_bills(self, hers, reader):
        begin_run(on=DUE.date(), at=DUE)

        assert reader.get(at("workspace", "billing_runs")).status_code == 200
        assert reader.post(at("workspace", "billing_start")).status_code == 403
        assert reader.get(at("workspace", "billing_terms")).status_code == 403


class TestChangeOfPlan:
    @pytest.fixture(autouse=True)
    def _half_way(self):
        half = datetime(2026, 9, 16, 15, tzinfo=UTC)
        with (
            patch("alicerce.apps.subscriptions.web.changing.now", return_value=half),
            patch("alicerce.apps.subscriptions.web.office_changing.now", return_value=half),
        ):
            yield

    def test_is_chosen_seen_to_the_cent_and_confirmed(self, hers, renata_browser):
        bigger = a_price(amount_cents=9990)
        page = at("client", "subscription_change", hers.id)
        assert f"preco={bigger.id}" in renata_browser.get(page).text
        assert page in renata_browser.get(at("client", "subscription", hers.id)).text

        shown = renata_browser.get(f"{page}?preco={bigger.id}").text
        assert all(cents in shown for cents in ("14,95", "49,95", "35,00", "99,90"))
        assert 'name="expected_cents" value="3500"' in shown

        answer = renata_browser.post(page, {"price": bigger.id, "expected_cents": 3500})
        change = open_change(hers.id)
        assert answer.url == at("client", "invoice", change.invoice_id)
        assert "35,00" in renata_browser.get(answer.url).text
        waiting = renata_browser.get(at("client", "subscription", hers.id)).text
        assert "23 de set. de 2026" in waiting

        renata_browser.post(at("client", "subscription_change_withdraw", hers.id))
        assert open_change(hers.id) is None

    def test_of_other_cents_is_shown_again(self, hers, renata_browser):
        bigger = a_price(amount_cents=9990)
        page = at("client", "subscription_change", hers.id)

        answer = renata_browser.post(page, {"price": bigger.id, "expected_cents": 1})

        assert answer.url == f"{page}?preco={bigger.id}"
        assert open_change(hers.id) is None

    def test_that_is_refused_says_why(self, hers, renata_browser):
        page = at("client", "subscription_change", hers.id)

        assert renata_browser.get(f"{page}?preco={uuid4()}").status_code == 422
        assert renata_browser.get(f"{page}?preco={hers.price_id}").status_code == 422
        assert renata_browser.post(page, {"price": "x"}).status_code == 422

    def test_to_what_costs_less_waits_unless_staff_says_now(
        self, hers, renata_browser, colleague
    ):
        cheaper = a_price(amount_cents=990)
        asked = f"?preco={cheaper.id}&quando=now"

        client_page = at("client", "subscription_change", hers.id)
        assert 'value="0"' in renata_browser.get(f"{client_page}{asked}").text
        page = at("workspace", "subscription_change", hers.id)
        assert 'name="expected_cents" value="-1000"' in colleague.get(f"{page}{asked}").text
        assert "quando=now" in colleague.get(f"{page}?preco={cheaper.id}").text

        sent = {"price": cheaper.id, "expected_cents": -1000, "when": "now"}
        colleague.post(page, sent)
        assert card_of(hers).amount.cents == 990

    def test_is_for_who_may(self, hers, reader, bruno_browser):
        assert reader.get(at("workspace", "subscription_change", hers.id)).status_code == 403
        for name in ("subscription_change", "subscription_change_withdraw"):
            assert bruno_browser.post(at("client", name, hers.id)).status_code == 404


class TestChangeOfOptions:
    @pytest.fixture(autouse=True)
    def _half_way(self):
        half = datetime(2026, 9, 16, 15, tzinfo=UTC)
        with patch("alicerce.apps.subscriptions.web.changing_items.now", return_value=half):
            yield

    def test_is_chosen_seen_to_the_cent_and_confirmed(self, hers, renata_browser):
        option = an_option(Price.objects.get(pk=hers.price_id).plan)
        page, name = at("client", "subscription_items", hers.id), f"opcao_{option.id}"
        assert page in renata_browser.get(at("client", "subscription", hers.id)).text
        assert "9,90 por mês" in renata_browser.get(page).text
        assert renata_browser.post(page, {name: "11"}).status_code == 422
        assert renata_browser.post(page, {name: "0"}).status_code == 422

        shown = renata_browser.post(page, {name: "2"}).text
        assert all(words in shown for words in ("2 × Disco extra", "9,90", "49,70"))
        assert f'name="{name}" value="2"' in shown
        other = renata_browser.post(page, {name: "2", "expected_cents": "1"})
        assert 'name="expected_cents" value="990"' in other.text
        assert open_change(hers.id) is None

        answer = renata_browser.post(page, {name: "2", "expected_cents": "990"})
        assert answer.url == at("client", "invoice", open_change(hers.id).invoice_id)
        assert (
            "Mudança de opções"
            in renata_browser.get(at("client", "subscription", hers.id)).text
        )

    def test_is_for_who_may_and_when_the_company_says(self, hers, reader, colleague):
        option = an_option(Price.objects.get(pk=hers.price_id).plan)
        page = at("workspace", "subscription_items", hers.id)

        assert reader.get(page).status_code == 403
        later = {f"opcao_{option.id}": "2", "quando": "period_end"}
        assert "Nada muda até lá" in colleague.post(page, later).text
        colleague.post(page, {**later, "expected_cents": "0"})
        assert open_change(hers.id).status == "scheduled"


class TestAddons:
    @pytest.fixture(autouse=True)
    def _half_way(self):
        half = datetime(2026, 9, 16, 15, tzinfo=UTC)
        with patch("alicerce.apps.subscriptions.web.adding.now", return_value=half):
            yield

    def test_is_chosen_seen_to_the_cent_and_included(
        self, hers, renata_browser, colleague, reader, bruno_browser
    ):
        price = an_addon(max_quantity=3)
        page = at("client", "subscription_addon", hers.id)
        assert page in renata_browser.get(at("client", "subscription", hers.id)).text
        assert f"preco={price.id}" in renata_browser.get(page).text
        shown = renata_browser.get(f"{page}?preco={price.id}").text
        assert 'name="expected_cents" value="750"' in shown
        assert all(words in shown for words in ("7,50", "15,00", "Backup"))
        assert renata_browser.get(f"{page}?preco={uuid4()}").status_code == 422

        sent = {"price": price.id, "expected_cents": 1}
        assert renata_browser.post(page, sent).url == f"{page}?preco={price.id}"
        assert renata_browser.post(page, {"price": "x"}).status_code == 422
        assert bruno_browser.get(page).status_code == 404
        assert reader.get(at("workspace", "subscription_addon", hers.id)).status_code == 403

        two = renata_browser.get(f"{page}?preco={price.id}&ver=1&quantidade=2").text
        assert 'name="expected_cents" value="1500"' in two
        assert 'name="quantidade" value="2"' in two
        four = renata_browser.get(f"{page}?preco={price.id}&ver=1&quantidade=4")
        assert four.status_code == 422
        sent |= {"ver": "1", "quantidade": "2", "expected_cents": 1500}
        asked = a_field(price.plan, kind=FieldKind.DOCUMENT, is_personal=True, label=CPF)
        asking = renata_browser.get(f"{page}?preco={price.id}&ver=1&quantidade=2").text
        assert CPF in asking
        assert 'type="hidden" name="quantidade" value="2"' in asking
        wrong = renata_browser.post(page, {**sent, f"campo_{asked.id}": "123"})
        assert (wrong.status_code, addons_of(hers.id)) == (422, ())
        assert all(words in wrong.text for words in ("não confere", 'value="123"', "15,00"))
        sent[f"campo_{asked.id}"] = "529.982.247-25"
        answer = renata_browser.post(page, sent)
        assert answer.url == at("client", "subscription", hers.id)
        assert "Backup" in renata_browser.get(answer.url).text
        again = colleague.post(at("workspace", "subscription_addon", hers.id), sent)
        assert again.status_code == 409

        (addon,) = addons_of(hers.id)
        items = renata_browser.get(at("client", "subscription_items", addon.id)).text
        assert 'name="quantidade" value="2"' in items
        for surface, visitor in (("client", renata_browser), ("workspace", colleague)):
            own = visitor.get(at(surface, "subscription", addon.id)).text
            assert at(surface, "subscription", hers.id) in own
            assert CPF in own
            assert at(surface, "subscription_change", addon.id) not in own
