"""The control page over real HTTP, with every provider behind it."""

import smtplib
import socket
from uuid import uuid4

import httpx
import pytest

from alicerce.apps.reconciliation.rules.sheets import read_ofx
from alicerce.project.simulators.providers import open_providers
from alicerce.vendors.simulation.serve import in_background

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def providers(tmp_path_factory):
    providers = open_providers(folder=tmp_path_factory.mktemp("simulators"), first_port=0)
    with in_background(*providers.listeners):
        yield providers
    providers.town.pix.close()
    providers.town.stripe.close()


@pytest.fixture
def control(providers):
    with httpx.Client(base_url=providers.control.base_url, trust_env=False) as client:
        yield client


@pytest.fixture
def charge(providers):
    wanted = {
        "calendario": {"expiracao": 3600},
        "valor": {"original": "37.00"},
        "chave": providers.town.pix.receiver.key,
    }
    return providers.town.pix.put_charge(uuid4().hex, wanted)


@pytest.fixture
def session(providers):
    price = {"currency": "brl", "unit_amount": "3700", "product_data": {"name": "Hospedagem"}}
    params = {
        "mode": "payment",
        "line_items": [{"price_data": price, "quantity": "1"}],
        "success_url": "http://127.0.0.1/ok",
    }
    return providers.town.stripe.open_session(params, url=providers.stripe.base_url)


class TestMoneyOnItsWay:
    def test_is_paid_without_a_word_paid_out_short_and_shown_by_the_bank(
        self, providers, control, charge, session
    ):
        control.post(f"/pix/{charge['txid']}/pay", json={"silent": 1}).raise_for_status()
        control.post(f"/stripe/{session['id']}/pay", json={"silent": 1}).raise_for_status()
        payout = control.post("/stripe/payouts", json={"short": 100}).json()
        assert payout["amount"] == 3700 - 187 - 100
        control.post(f"/stripe/payouts/{payout['id']}/end").raise_for_status()

        ofx = control.get("/bank.ofx?short=100").text
        told = read_ofx(ofx.encode())

        cents = sorted(entry.cents for entry in told.entries)
        assert cents == [-49, payout["amount"] - 100, 3700]
        assert control.post("/stripe/payouts").status_code == 404  # nothing is left to pay out

        back = control.post(f"/stripe/payouts/{payout['id']}/end", json={"succeeded": 0})
        assert back.json()["status"] == "failed"
        told = read_ofx(control.get("/bank.ofx?short=101&parts=2").text.encode())
        arrived = payout["amount"] - 101
        cents = [entry.cents for entry in told.entries if payout["id"] in entry.memo]
        assert (len(cents), sum(cents), min(cents)) == (3, 0, -arrived)
        assert control.post("/stripe/payouts").json()["amount"] == payout["amount"]

    def test_finds_a_companys_account_good_or_not_and_lets_its_owner_leave(
        self, providers, control
    ):
        accounts = providers.town.stripe.accounts
        wanted = {"capabilities": {"card_payments": {"requested": "true"}}, "controller": {}}
        account = accounts.create(wanted)["id"]
        place = f"/stripe/accounts/{account}"

        assert control.post(f"{place}/approve").json()["charges_enabled"]
        asked = control.post(f"{place}/ask").json()
        assert asked["charges_enabled"]
        assert asked["requirements"]["current_deadline"] > asked["created"]
        held = control.post(f"{place}/hold").json()
        assert (held["charges_enabled"], held["payouts_enabled"]) == (True, False)
        restricted = control.post(f"{place}/restrict").json()
        assert restricted["requirements"]["disabled_reason"] == "requirements.past_due"
        assert account in control.get("/", headers={"Accept": "text/html"}).text
        control.post(f"{place}/disconnect").raise_for_status()
        assert control.get("/state").json()["merchants"] == []
        assert control.post(f"{place}/approve").status_code == 404


class TestDescription:
    def test_says_all_that_a_client_needs(self, providers):
        said = providers.description()

        assert [server["name"] for server in said["whm"]] == ["br1", "br2"]
        assert said["whm"][0]["ca_pem"].startswith("-----BEGIN CERTIFICATE")
        assert said["pix"]["token_url"].endswith("/oauth/token")
        assert said["stripe"]["webhook_secret"].startswith("whsec_")

    def test_hides_its_credentials(self, providers):
        assert providers.credentials.stripe_secret_key not in repr(providers.credentials)

    def test_takes_a_row_of_ports(self, tmp_path):
        providers = open_providers(folder=tmp_path / "one", first_port=8100)

        assert [listener.port for listener in providers.listeners] == [
            8101,
            8105,
            8102,
            8103,
            8104,
            8106,
            8107,
            8100,
        ]


class TestPix:
    def test_pays_by_the_code_once(self, control, charge):
        paid = control.post("/pix/pay", json={"code": charge["pixCopiaECola"]})
        again = control.post("/pix/pay", json={"code": charge["pixCopiaECola"]})

        assert len(paid.json()["endToEndIds"]) == 1
        assert again.status_code == 409

    def test_pays_late_twice_and_another_amount(self, control, charge):
        wish = {"cents": 3701, "times": 2, "late": True}
        place = f"/pix/{charge['txid']}"
        control.post(f"{place}/pay")
        control.post(f"{place}/pay", json=wish)
        found = control.get("/state").json()["pix"][0]

        assert found["status"] == "CONCLUIDA"
        assert [pix["valor"] for pix in found["pix"]] == ["37.00", "37.01", "37.01"]
        assert control.post(f"{place}/resend").json()["sent"] == 3

    def test_knows_no_other_charge(self, control):
        assert control.post("/pix/nenhuma/pay").status_code == 404
        assert control.post("/pix/pay", json={"code": "x"}).status_code == 404


class TestStripe:
    def test_pays_a_session_once(self, control, session):
        paid = control.post(f"/stripe/{session['id']}/pay")

        assert paid.json()["payment_status"] == "paid"
        assert control.post(f"/stripe/{session['id']}/pay").status_code == 409
        assert control.post(f"/stripe/{session['id']}/resend").json()["sent"] >= 1

    def test_leaves_a_payment_waiting_and_settles_it(self, control, session):
        control.post(f"/stripe/{session['id']}/pay", json={"async": True})
        settled = control.post(f"/stripe/{session['id']}/settle", json={"succeeded": True})

        assert settled.json()["payment_status"] == "paid"

    def test_watches_where_it_is_told(self, control):
        assert control.post("/stripe/webhooks", json={"url": "http://127.0.0.1:9/x"}).is_success
        assert control.post("/stripe/webhooks", json={}).status_code == 422


class TestServers:
    def test_takes_a_server_down_and_up(self, control, providers):
        port = providers.town.server(2).site.port
        control.post("/whm/2/down")
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=1)
        assert not control.get("/state").json()["whm"][1]["up"]

        control.post("/whm/2/up")
        socket.create_connection(("127.0.0.1", port), timeout=1).close()

    def test_knows_no_third_server(self, control):
        assert control.post("/whm/3/down").status_code == 404


class TestFaults:
    def test_sets_and_clears_rates(self, control):
        rates = {"whm": {"html": 0.1}, "smtp": {"busy": 0.2}}
        assert control.post("/faults", json={"seed": 7, **rates}).is_success
        said = control.get("/faults").json()
        control.post("/faults", json={name: {} for name in said})

        assert (said["whm"], said["smtp"], said["pix"]) == ({"html": 0.1}, {"busy": 0.2}, {})
        assert control.get("/state").json()["faults"]["whm"] == {}

    @pytest.mark.parametrize(
        "wish",
        [{"whm": {"html": 2}}, {"whm": {"melt": 0.1}}, {"fax": {}}, {"seed": "x"}, {"whm": 1}],
    )
    def test_refuses_what_makes_no_sense_and_changes_nothing(self, control, wish):
        before = control.get("/faults").json()
        refused = control.post("/faults", json={"smtp": {"busy": 0.5}, **wish})

        assert refused.status_code == 422
        assert control.get("/faults").json() == before

    def test_arms_one(self, control, providers):
        wish = {"provider": "smtp", "fault": "busy"}
        control.post("/arm", json=wish)

        with smtplib.SMTP("127.0.0.1", providers.mail.port) as smtp:
            smtp.ehlo()
            smtp.mail("a@example.com")
            assert smtp.rcpt("b@example.com")[0] == 421


class TestPages:
    def test_reads_the_inbox(self, control, providers):
        with smtplib.SMTP("127.0.0.1", providers.mail.port) as smtp:
            smtp.sendmail("a@sol.example", "b@example.com", "Subject: <b>Oi</b>\r\n\r\nOl\r\n")
        (letter, *_) = control.get("/inbox").json()
        page = control.get(f"/inbox/{letter['id']}", headers=HTML).text

        assert letter["subject"] == "<b>Oi</b>"
        assert "&lt;b&gt;Oi" in page
        assert control.get("/inbox/nenhuma").status_code == 404

    @pytest.mark.parametrize("path", ["/", "/faults", "/inbox", "/calls"])
    def test_shows_each_page_without_inline_code(self, control, charge, session, path):
        page = control.get(path, headers=HTML)

        assert page.status_code == 200
        assert "style=" not in page.text
        assert "<script" not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]

    def test_shows_the_stylesheet_and_the_calls(self, control):
        assert control.get("/control.css").headers["content-type"].startswith("text/css")
        assert isinstance(control.get("/calls").json(), list)

    def test_shows_a_session_that_only_keeps_a_card(self, providers, control):
        params = {"mode": "setup", "success_url": "http://127.0.0.1/ok"}
        kept = providers.town.stripe.open_session(params, url=providers.stripe.base_url)

        page = control.get("/", headers=HTML)

        assert page.status_code == 200
        assert f"{kept['id']}</code> aberta, guarda um cartão" in page.text

    def test_comes_back_to_the_page_after_a_button(self, control):
        pressed = control.post("/faults", data={"whm.html": "0.1", "seed": ""}, headers=HTML)

        assert (pressed.status_code, pressed.headers["location"]) == (303, "/faults")
        assert control.get("/faults").json()["whm"] == {"html": 0.1}
        control.post("/faults", data={"whm.html": "0"}, headers=HTML)
        assert control.get("/faults").json()["whm"] == {}

    def test_lets_no_other_site_press_a_button(self, control):
        there = {"Origin": "https://evil.example"}

        assert control.post("/whm/1/down", headers=there).status_code == 403
        assert control.get("/", headers={"Host": "evil.example"}).status_code == 400


class TestDisputes:
    @pytest.mark.parametrize(("button", "end"), [("win", "won"), ("lose", "lost")])
    def test_a_paid_session_is_disputed_and_decided(
        self, providers, control, session, button, end
    ):
        place = f"/stripe/{session['id']}"
        assert control.post(f"{place}/dispute").status_code == 404
        control.post(f"{place}/pay")
        assert "Abrir disputa" in control.get("/", headers=HTML).text

        assert control.post(f"{place}/dispute").json()["status"] == "needs_response"
        assert control.post(f"{place}/{button}").json()["status"] == end

    def test_a_pix_is_taken_back_by_the_special_mechanism(self, providers, control, charge):
        control.post(f"/pix/{charge['txid']}/pay")

        back = control.post(f"/pix/{charge['txid']}/take-back").json()
        assert (back["natureza"], back["status"]) == ("MED_FRAUDE", "DEVOLVIDO")
