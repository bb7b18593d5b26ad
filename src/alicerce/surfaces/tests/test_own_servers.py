"""A company's own servers in its workspace, and what keeps their addresses out of our network."""

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.hosting.adapters.whm import of_access
from alicerce.apps.hosting.models import Server
from alicerce.apps.hosting.tests.factories import a_server
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.safe_http import Forbidden
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import approve, browser
from alicerce.surfaces.tests.test_console_servers import TestServers as Console

pytestmark = pytest.mark.usefixtures("panel", "zones")
TYPED = Console.TYPED
URL = "/app/servidores/"


class TestServers:
    def test_are_added_by_who_proves_themselves_and_checked(self, colleague):
        asked = colleague.post(f"{URL}novo/", TYPED)
        assert not Server.objects.exists()
        assert "NOVO-SEGREDO" not in str(dict(colleague.session))

        added = approve(colleague, asked, shows=("sp-02", "Cifrado, nunca mostrado"))
        run_jobs()

        page = colleague.get(added.headers["Location"]).text
        assert "Pacotes" in page
        assert "No servidor" in page
        assert "Conectado, cPanel 11.138.0, 0 contas." in page
        assert "NOVO-SEGREDO" not in page
        assert Server.objects.get().is_guarded
        assert "sp-02" in colleague.get(URL).text
        assert "NOVO-SEGREDO" not in str(list(Entry.objects.values()))

    def test_change_who_enters_only_by_who_proves_themselves(self, colleague):
        server = a_server()

        asked = colleague.post(f"{URL}{server.id}/editar/", TYPED)

        server.refresh_from_db()
        assert server.access().token == "SEGREDO-DO-PAINEL"
        approve(colleague, asked, shows=("Outro, cifrado",))
        server.refresh_from_db()
        assert (server.access().token, server.is_guarded) == ("NOVO-SEGREDO", True)

    def test_of_our_own_network_are_refused_when_typed(self, colleague):
        inside = {**TYPED, "base_url": "https://10.0.0.7:2087"}
        asked = colleague.post(f"{URL}novo/", inside)

        refused = approve(colleague, asked)

        assert not Server.objects.exists()
        assert "Use um endereço público" in colleague.get(refused.headers["Location"]).text

    def test_in_our_network_by_an_operator_are_changed_but_for_their_address(self, colleague):
        server = a_server(base_url="https://10.0.0.7:2087")
        typed = {**TYPED, "token": "", "base_url": server.base_url, "max_accounts": "70"}

        colleague.post(f"{URL}{server.id}/editar/", typed)

        server.refresh_from_db()
        assert (server.max_accounts, server.is_guarded) == (70, False)

    def test_close_open_and_are_tested(self, colleague):
        server = a_server()

        paused = colleague.post(f"{URL}{server.id}/contas/", {"accepting": "no"}, follow=True)
        assert "não recebe novas contas" in paused.text
        assert (
            "Falando com o servidor"
            in colleague.post(f"{URL}{server.id}/testar/", follow=True).text
        )

    def test_are_the_companys_own(self, colleague, other_tenant):
        with other_tenant:
            theirs = a_server(name="vizinho")

        assert "vizinho" not in colleague.get(URL).text
        for page in ("", "editar/", "acesso/"):
            assert colleague.get(f"{URL}{theirs.id}/{page}").status_code == 404
        assert colleague.post(f"{URL}{theirs.id}/testar/").status_code == 404

    def test_take_the_right(self, site):
        person = a_person("sol@padaria.example")
        a_member(site, person, "finance")
        assert browser(person).get(URL).status_code == 403

        reader = a_person("ler@padaria.example")
        a_member(site, reader, "read_only")
        assert browser(reader).get(URL).status_code == 200
        assert browser(reader).post(f"{URL}novo/", TYPED).status_code == 403


@pytest.mark.parametrize(
    "base_url",
    ["https://10.0.0.7:2087", "https://169.254.169.254:443", "https://192.168.1.1:8443"],
)
def test_what_a_company_typed_is_never_asked_inside(base_url, settings, tenant):
    settings.SERVERS_MAY_BE_HERE = False
    server = a_server(base_url=base_url, is_guarded=True)

    with pytest.raises(Forbidden):
        of_access(server.access()).version()
