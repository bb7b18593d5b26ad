"""Our clients and our simulators talk through Prism, which others wrote and which finds no fault."""

import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from alicerce.kernel.brazil import Document
from alicerce.kernel.http import Refusal
from alicerce.kernel.money import Money
from alicerce.vendors.pix.client import Payer, PixClient
from alicerce.vendors.pix.outcomes import PixRefusal
from alicerce.vendors.pix.settings import PixSettings
from alicerce.vendors.pix.simulator import pix_app
from alicerce.vendors.pix.tests.receiver import Receiver
from alicerce.vendors.pix.wire import ACTIVE, PAID, REMOVED, read_callback
from alicerce.vendors.simulation.certificates import make_certificates
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import running
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.whm.client import WhmClient
from alicerce.vendors.whm.outcomes import ZoneChanged
from alicerce.vendors.whm.simulator import whm_app
from alicerce.vendors.whm.zones import NewRecord
from tests.contracts import prism

pytestmark = pytest.mark.skipif(bool(prism.missing()), reason=f"Prism: {prism.missing()}")

KEY = "7d9f0335-8dcc-4054-9bf9-0dbd61d36906"
TOKEN = "K7TOKENOFTHESERVER"
MARIA = Payer("Maria das Dores", Document("cpf", "12345678909"))
CALLBACKS = 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("prism")


@pytest.fixture(scope="module")
def pix_description(folder):
    def adapt(read):
        # It asks a list of Pix for "cobs", which belong to another list.
        read["components"]["schemas"]["PixConsultados"]["required"] = ["parametros", "pix"]
        # It calls a location a URI; all of its own examples lack the scheme, as QR codes do.
        for schema in _named("location", read):
            schema.pop("format", None)

    return prism.described(prism.PIX, adapt, folder)


@pytest.fixture(scope="module")
def whm_description(folder):
    def adapt(read):
        # Prism looks at no server's path, and that is where this one has it.
        read["paths"] = {f"/json-api{path}": said for path, said in read["paths"].items()}

    return prism.described(prism.WHM, adapt, folder)


@pytest.fixture(scope="module")
def psp():
    app = pix_app(
        Store(None),
        Faults(),
        client_id="alicerce",
        client_secret="segredo",
        pix_key=KEY,
        receiver_name="Ipê Hospedagem Ltda",
        receiver_city="São Paulo",
    )
    with running(app) as url:
        yield url, app.state.provider
    app.state.provider.close()


@pytest.fixture(scope="module")
def pix_settings(psp, folder):
    """The token comes straight from the PSP, whose description leaves that door out."""
    certificates = make_certificates(folder / "certificates")

    def settings(base_url):
        return PixSettings(
            base_url=base_url,
            token_url=f"{psp[0]}/oauth/token",
            client_id="alicerce",
            client_secret="segredo",
            client_cert_pem=certificates.client_cert.read_text(),
            client_key_pem=certificates.client_key.read_text(),
            pix_key=KEY,
        )

    return settings


@pytest.fixture(scope="module")
def judged_psp(psp, pix_description):
    with prism.proxy(pix_description, psp[0]) as url:
        yield url


@pytest.fixture
def pix(judged_psp, pix_settings):
    with PixClient(pix_settings(judged_psp), timeout=10) as client:
        yield client


@pytest.fixture
def put(pix):
    def put(txid, cents=3700, payer=MARIA):
        return pix.put_charge(
            txid=txid,
            amount=Money(cents),
            expires_in_seconds=3600,
            payer=payer,
            text="Hospedagem 11/2026",
        )

    return put


class TestPixThroughPrism:
    def test_keeps_to_the_specification_while_a_charge_is_paid(self, pix, psp, put):
        calls, txid, start = prism.judge(pix), "a" * 32, datetime.now(UTC)

        assert put(txid).status == ACTIVE
        assert pix.get_charge(txid).amount == Money(3700)
        assert put(txid, cents=4000).revision == 1
        (e2eid,) = psp[1].pay(txid)
        assert pix.get_charge(txid).status == PAID
        assert pix.get_pix(e2eid).amount == Money(4000)
        listed = pix.list_pix(start=start, end=start + timedelta(hours=1))
        assert e2eid in [received.e2eid for received in listed]
        with pytest.raises(PixRefusal) as refused:
            put(txid)

        assert (refused.value.status, refused.value.code) == (400, "CobOperacaoInvalida")
        assert calls.count(f"PUT /cob/{txid}") == 3

    def test_keeps_to_the_specification_for_a_company(self, pix, put):
        prism.judge(pix)
        payer = Payer("Padaria São João Ltda", Document("cnpj", "12ABC34501DE35"))

        assert put("b" * 35, payer=payer).copy_paste
        assert pix.remove_charge("b" * 35).status == REMOVED

    def test_keeps_to_the_specification_about_what_is_not_there(self, pix):
        prism.judge(pix)

        assert pix.get_charge("z" * 32) is None
        assert pix.get_pix(f"E{'0' * 31}") is None

    def test_keeps_to_the_specification_about_the_webhook(self, pix):
        prism.judge(pix)

        pix.put_webhook("https://loja.example/entrada")

        assert pix.get_webhook() == "https://loja.example/entrada"

    def test_would_be_told_of_a_violation(self, judged_psp):
        answer = httpx.put(
            f"{judged_psp}/cob/{'c' * 32}",
            json={"valor": {"original": 37.0}},
            headers={"Authorization": "Bearer any"},
            trust_env=False,
        )

        assert answer.status_code == 422
        assert "stoplight.io" in answer.text


def test_every_callback_prism_invents_is_read(pix_description, pix_settings):
    with (
        prism.mock(pix_description) as url,
        PixClient(pix_settings(url), timeout=10) as client,
        Receiver().listening() as receiver,
    ):
        for _ in range(CALLBACKS):
            client.put_webhook(receiver.url)
            path, said = receiver.next()
            read = read_callback(json.dumps(said).encode())

            assert path == "/hook/pix"
            assert [(p.e2eid, p.txid, len(p.refunds)) for p in read] == [
                (p["endToEndId"], p.get("txid"), len(p.get("devolucoes", ())))
                for p in said["pix"]
            ]


@pytest.fixture(scope="module")
def judged_server(whm_description):
    app = whm_app(Store(), Faults(), token=TOKEN)
    with running(app) as upstream, prism.proxy(whm_description, upstream) as url:
        yield url


@pytest.fixture
def whm(judged_server):
    with WhmClient(base_url=judged_server, username="root", token=TOKEN, timeout=10) as client:
        yield client


@pytest.fixture
def create(whm):
    def create(username, domain):
        return whm.createacct(
            username=username,
            domain=domain,
            plan="basico",
            password="uma senha comprida",
            contactemail="dona@padaria.com.br",
        )

    return create


class TestWhmThroughPrism:
    def test_keeps_to_the_specification_while_an_account_lives(self, whm, create):
        calls, user = prism.judge(whm), "padaria1"

        assert whm.version()
        whm.verify_new_username(user)
        assert whm.accountsummary(user) is None
        assert "basico" in whm.listpkgs()
        assert create(user, "padaria.com.br").nameservers
        assert whm.accountsummary(user).domain == "padaria.com.br"
        assert user in {account.user for account in whm.listaccts()}
        assert whm.get_maximum_users() == 0
        assert whm.get_current_users_count() >= 1
        assert whm.start_autossl_check_for_one_user(user)
        assert whm.create_user_session(user).url
        whm.passwd(user, password="outra senha comprida")
        whm.suspendacct(user, reason="em atraso")
        assert whm.accountsummary(user).suspended
        whm.unsuspendacct(user)
        whm.removeacct(user)
        assert whm.accountsummary(user) is None

        assert len(set(calls)) == 14

    def test_keeps_to_the_specification_about_zones(self, whm):
        prism.judge(whm)
        record = NewRecord("loja.oficina.com.br", "A", ("203.0.113.9",), 300)

        assert whm.parse_dns_zone("oficina.com.br") is None
        whm.adddns(domain="oficina.com.br", ip="203.0.113.7")
        zone = whm.parse_dns_zone("oficina.com.br")
        whm.mass_edit_dns_zone(zone.name, serial=zone.serial, add=[record])

        with pytest.raises(ZoneChanged):
            whm.mass_edit_dns_zone(zone.name, serial=zone.serial, add=[record])

    def test_keeps_to_the_specification_when_refused(self, whm, create):
        prism.judge(whm)
        create("florista", "florista.com.br")

        with pytest.raises(Refusal, match="florista"):
            create("florista", "outra.com.br")

    def test_keeps_to_the_specification_when_denied(self, judged_server):
        with WhmClient(base_url=judged_server, username="root", token="WR0NG") as stranger:
            prism.judge(stranger)

            with pytest.raises(Refusal, match="Access denied"):
                stranger.version()


def _named(name, schemas):
    """The schemas of every property of that name, however deep."""
    inner = schemas.values() if isinstance(schemas, dict) else schemas
    for schema in inner:
        if isinstance(schema, dict | list):
            yield from _named(name, schema)
    properties = schemas.get("properties", {}) if isinstance(schemas, dict) else {}
    if isinstance(properties.get(name), dict):
        yield properties[name]
