"""Servers in the operator's panel: found, added, changed, tested, closed and opened."""

import pytest
from django.urls import reverse

from alicerce.apps.hosting.models import Server
from alicerce.apps.hosting.tests.factories import a_server
from alicerce.kernel.http import Refusal
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import approve

pytestmark = pytest.mark.usefixtures("panel", "zones")


class TestServers:
    TYPED = {
        "name": "sp-02",
        "base_url": "https://sp-02.example:2087/",
        "username": "root",
        "token": "NOVO-SEGREDO",
        "hostname": "sp-02.example",
        "ip": "192.0.2.20",
        "nameservers": "ns1.example\nns2.example",
        "pool": "sp",
        "region": "sp",
        "strategy": "least_full",
        "max_accounts": "50",
        "max_concurrent": "2",
    }

    def test_are_found_by_filters(self, operator, site):
        a_server(name="cheio", max_accounts=1)
        a_server(name="vazio", ip="192.0.2.77")

        found = operator.get(reverse("console:servers"), {"q": "2.77"}).content
        paused = operator.get(reverse("console:servers"), {"estado": "pausados"}).content

        assert b"vazio" in found
        assert b"cheio" not in found
        assert b"Nenhum servidor com estes filtros" in paused

    def test_are_added_for_a_company_and_checked(self, operator, other_tenant, panel):
        with other_tenant as neighbor:
            typed = {**self.TYPED, "tenant": str(neighbor.id)}
            answer = operator.post(reverse("console:server_new"), typed)
            added = Server.objects.get()

        assert answer.headers["Location"].split("?")[0] == reverse(
            "console:server", args=[neighbor.id, added.id]
        )
        assert "Falando com o servidor" in operator.get(answer.headers["Location"]).text
        run_jobs()
        page = operator.get(answer.headers["Location"]).text
        assert "Conectado, cPanel 11.138.0, 0 contas." in page
        assert "NOVO-SEGREDO" not in page

    def test_say_what_is_wrong_and_keep_what_was_typed(self, operator, tenant):
        typed = {**self.TYPED, "tenant": str(tenant.id), "base_url": "http://aberto"}

        answer = operator.post(reverse("console:server_new"), typed)

        assert answer.status_code == 422
        assert 'value="http://aberto"' in answer.text
        assert "NOVO-SEGREDO" not in answer.text
        assert not Server.objects.exists()

    def test_keep_their_token_when_none_is_typed(self, operator, tenant):
        server = a_server()
        url = reverse("console:server_edit", args=[tenant.id, server.id])

        shown = operator.get(url).text
        typed = {**self.TYPED, "token": "", "name": "outro", "base_url": server.base_url}
        answer = operator.post(url, typed)

        server.refresh_from_db()
        assert "SEGREDO-DO-PAINEL" not in shown
        assert (answer.status_code, server.name) == (302, "outro")
        assert server.access().token == "SEGREDO-DO-PAINEL"

    def test_change_their_token_only_by_who_proves_themselves(self, operator, tenant):
        server = a_server()
        url = reverse("console:server_edit", args=[tenant.id, server.id])

        asked = operator.post(url, self.TYPED)

        server.refresh_from_db()
        assert server.access().token == "SEGREDO-DO-PAINEL"
        assert "NOVO-SEGREDO" not in str(dict(operator.session))
        approve(operator, asked)
        server.refresh_from_db()
        assert server.access().token == "NOVO-SEGREDO"

    def test_send_their_token_nowhere_else_without_proof(self, operator, tenant):
        server = a_server()
        url = reverse("console:server_edit", args=[tenant.id, server.id])

        operator.post(
            url, {**self.TYPED, "token": "", "base_url": "https://outro.example:2087"}
        )

        server.refresh_from_db()
        assert server.access().base_url != "https://outro.example:2087"

    def test_close_and_open_to_new_accounts(self, operator, tenant):
        server = a_server()
        url = reverse("console:server_accept", args=[tenant.id, server.id])

        page = operator.post(url, {"accepting": "no"}, follow=True).text
        server.refresh_from_db()

        assert not server.accepting
        assert "não recebe novas contas" in page

    def test_tell_the_error_of_the_connection(self, operator, tenant, panel):
        server = a_server()
        panel.before["version"] = [Refusal("token recusado")]

        answer = operator.post(reverse("console:server_check", args=[tenant.id, server.id]))
        run_jobs()

        assert "token recusado" in operator.get(answer.headers["Location"]).text
