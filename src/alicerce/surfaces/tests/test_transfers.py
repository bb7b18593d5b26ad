"""Migrations on pages: the company's, and the customer's own."""

import pytest
from django.urls import reverse

from alicerce.apps.hosting.tests.doubles import LettersInMemory
from alicerce.apps.notify.ports import mailers
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.apps.transfers.models import Transfer
from alicerce.apps.transfers.ports import SourceRefusal, movers
from alicerce.apps.transfers.tests.doubles import MoverInMemory
from alicerce.apps.transfers.tests.factories import TOKEN, a_transfer, an_active_service
from alicerce.apps.transfers.types import Code, Stage
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import browser

FORM = {
    "host": "cpanel.antiga.com.br",
    "port": "2087",
    "login": "root",
    "username": "padaria1",
    "token": TOKEN,
    "note": "À noite",
}


@pytest.fixture
def mover(monkeypatch):
    mover = MoverInMemory()
    monkeypatch.setitem(movers, "whm", mover)
    monkeypatch.setitem(mailers, "smtp", LettersInMemory())
    return mover


@pytest.fixture
def service(renata, panel, mover):
    service = an_active_service(customer=renata)
    panel.accounts[service.username] = service.domain
    return service


@pytest.fixture
def transfer(service):
    return a_transfer(service)


@pytest.fixture
def reader(site):
    """May look and not touch."""
    person = a_person("lia@padaria.example", name="Lia")
    a_member(site, person, "read_only")
    return browser(person)


@pytest.fixture
def developer(site):
    """Asks for migrations, and moves none."""
    person = a_person("davi@padaria.example", name="Davi")
    a_member(site, person, "developer")
    return browser(person)


def url(view, *args):
    return reverse(f"workspace:{view}", args=args)


def theirs(view, *args):
    return reverse(f"client:{view}", args=args)


class TestCompany:
    def test_asks_for_one_by_the_services_domain(self, colleague, service):
        answer = colleague.post(url("transfer_new"), {**FORM, "domain": "Padaria.com.br"})
        made = Transfer.objects.get()

        assert answer.headers["Location"] == url("transfer", made.id)
        page = colleague.get(url("transfer", made.id)).text
        assert "Examinando" in page
        assert TOKEN not in page
        assert "padaria1" in colleague.get(url("transfers")).text

    def test_starts_from_a_service(self, colleague, service):
        page = colleague.get(url("transfer_new") + f"?servico={service.id}").text
        assert 'value="padaria.com.br"' in page

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"domain": "nada.com.br"}, "Não há um serviço ativo com este domínio."),
            ({"port": "25"}, "Informe o nome ou IP público do servidor de origem"),
            ({"username": "Padaria 1"}, "Use o nome da conta no cPanel"),
            ({"certificate": "x"}, "Cole o certificado da origem no formato PEM."),
        ],
    )
    def test_reads_what_is_wrong_and_types_the_token_again(
        self, colleague, service, given, said
    ):
        answer = colleague.post(
            url("transfer_new"), {**FORM, "domain": "padaria.com.br", **given}
        )

        assert answer.status_code == 422
        assert said in answer.text
        assert TOKEN not in answer.text

    def test_sees_what_was_found_and_moves_it(self, colleague, transfer):
        run_jobs()
        page = colleague.get(url("transfer", transfer.id)).text
        assert "Pronta para mover" in page
        assert "A origem respondeu: WHM 11.138.0.10." in page

        act = url("transfer_act", transfer.id)
        colleague.post(act, {"para": "mover", "note": "Hoje à noite"})
        assert "Sendo movida" in colleague.get(url("transfer", transfer.id)).text
        colleague.post(act, {"para": "concluir", "note": "Conferido"})

        page = colleague.get(url("transfer", transfer.id)).text
        assert "Hoje à noite" in page
        assert "Conferido" in page
        transfer.refresh_from_db()
        assert (transfer.stage, transfer.has_token) == (Stage.DONE, False)

    def test_reads_what_the_machine_said(self, colleague, transfer, mover):
        mover.troubles = [SourceRefusal(Code.SOURCE_REFUSED, "HTTP 418")]
        run_jobs()

        assert "HTTP 418" in colleague.get(url("transfer", transfer.id)).text

    def test_corrects_it(self, colleague, transfer, mover):
        mover.troubles = [SourceRefusal(Code.DENIED, "Access denied")]
        run_jobs()

        form = {**FORM, "token": "", "username": "padaria2"}
        answer = colleague.post(url("transfer_examine", transfer.id), form)

        assert answer.headers["Location"] == url("transfer", transfer.id)
        transfer.refresh_from_db()
        assert (transfer.source.username, transfer.examination) == ("padaria2", 2)
        theft = colleague.post(
            url("transfer_examine", transfer.id), {**form, "host": "ladrao.com.br"}
        )
        assert theft.status_code == 422

    def test_is_told_when_a_button_came_too_late(self, colleague, transfer):
        answer = colleague.post(
            url("transfer_act", transfer.id), {"para": "mover"}, follow=True
        )

        assert "Só se move o que foi examinado e está pronto." in answer.text
        assert colleague.post(url("transfer_act", transfer.id), {}).status_code == 404


class TestWhoMay:
    def test_look(self, reader, transfer):
        assert reader.get(url("transfers")).status_code == 200
        page = reader.get(url("transfer", transfer.id))
        assert page.status_code == 200
        assert url("transfer_act", transfer.id) not in page.text
        for address in (
            url("transfer_new"),
            url("transfer_examine", transfer.id),
            url("transfer_act", transfer.id),
        ):
            assert reader.post(address, {"para": "cancelar"}).status_code == 403, address

    def test_ask_and_cancel_and_not_move(self, developer, transfer):
        run_jobs()
        act = url("transfer_act", transfer.id)

        assert developer.post(act, {"para": "mover"}).status_code == 403
        assert developer.post(act, {"para": "cancelar"}).status_code == 302
        transfer.refresh_from_db()
        assert transfer.stage == Stage.CANCELED

    def test_not_stop_what_others_move(self, developer, transfer):
        Transfer.objects.filter(pk=transfer.id).update(stage=Stage.MOVING)

        answer = developer.post(url("transfer_act", transfer.id), {"para": "cancelar"})

        assert answer.status_code == 403

    def test_not_find_the_neighbours(self, colleague, other_tenant):
        with other_tenant:
            foreign = a_transfer()
        assert colleague.get(url("transfer", foreign.id)).status_code == 404
        assert colleague.post(url("transfer_act", foreign.id)).status_code == 404


class TestCustomer:
    def test_asks_for_one_on_the_page_of_a_service(self, renata_browser, service):
        page = renata_browser.get(theirs("service", service.id)).text
        assert theirs("transfer_new", service.id) in page

        answer = renata_browser.post(theirs("transfer_new", service.id), FORM)
        made = Transfer.objects.get()

        assert answer.headers["Location"] == theirs("transfer", made.id)
        assert theirs("transfer", made.id) in renata_browser.get(theirs("transfers")).text
        assert (
            theirs("transfer", made.id)
            in renata_browser.get(theirs("service", service.id)).text
        )

    def test_reads_words_and_no_machines(self, renata_browser, transfer, mover):
        mover.troubles = [SourceRefusal(Code.SOURCE_REFUSED, "HTTP 418")]
        run_jobs()

        page = renata_browser.get(theirs("transfer", transfer.id)).text

        assert "A origem recusou a consulta." in page
        assert "HTTP 418" not in page

    def test_corrects_and_cancels(self, renata_browser, transfer, mover):
        mover.troubles = [SourceRefusal(Code.DENIED, "Access denied")]
        run_jobs()
        form = {**FORM, "token": "TOKEN-CERTO"}

        renata_browser.post(theirs("transfer_examine", transfer.id), form)
        run_jobs()
        transfer.refresh_from_db()
        assert transfer.stage == Stage.READY

        renata_browser.post(theirs("transfer_cancel", transfer.id))
        transfer.refresh_from_db()
        assert transfer.stage == Stage.CANCELED

    def test_knows_nothing_of_others(self, bruno_browser, transfer, service):
        assert str(transfer.id) not in bruno_browser.get(theirs("transfers")).text
        for address in (
            theirs("transfer", transfer.id),
            theirs("transfer_examine", transfer.id),
            theirs("transfer_new", service.id),
        ):
            assert bruno_browser.get(address).status_code == 404, address
        assert bruno_browser.post(theirs("transfer_cancel", transfer.id)).status_code == 404
        transfer.refresh_from_db()
        assert transfer.stage == Stage.EXAMINING
