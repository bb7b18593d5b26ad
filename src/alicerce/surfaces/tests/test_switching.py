"""A company's own people bring a book from WHMCS: seen first, then brought, compared, and taken over by hand."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alicerce.apps.customers.models import Customer
from alicerce.apps.switching.models import Dump, Link, Shadow, Switch
from alicerce.apps.switching.tests.factories import two_dumps
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import approve, browser


def url(name, *args):
    return reverse(f"workspace:{name}", args=args)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    first, later, _ = two_dumps(tmp_path_factory.getbasetemp(), clients=12)
    return first.read_bytes(), later.read_bytes()


def send(who, raw):
    file = SimpleUploadedFile("whmcs.sql.gz", raw)
    answer = who.post(url("switching_new"), {"file": file})
    run_jobs()
    return answer


class TestComingFromWhmcs:
    def test_is_seen_brought_compared_and_taken_over(self, colleague, files):
        page = send(colleague, files[0]).headers["Location"]

        assert "Conferida" in colleague.get(page).text
        assert not Customer.objects.exists()
        dump = Dump.objects.get()
        assert colleague.get(url("switching_report", dump.id)).status_code == 200
        assert colleague.get(url("switching_report_file", dump.id)).text.startswith("\ufeff")

        colleague.post(url("switching_bring", dump.id), {"server0": ""})
        run_jobs()
        brought = colleague.get(page).text
        assert "Os dois livros" in brought
        invite = url("customers_invite") + f"?trazido={dump.id}"
        assert invite in brought
        assert "Os primeiros a receber" in colleague.get(invite).text
        assert "A cobrança continua no WHMCS" in colleague.get(url("switching")).text

        later = send(colleague, files[1]).headers["Location"]
        shadow = Shadow.objects.get()
        assert "Nenhuma diferença sem explicação" in colleague.get(later).text
        seen = colleague.get(url("switching_shadow", shadow.id)).text
        assert "Diferenças por motivo" in seen
        assert colleague.get(url("switching_shadow_file", shadow.id)).status_code == 200
        colleague.post(url("switching_bring", Dump.objects.latest("id").id), {"server0": ""})
        run_jobs()

        approve(colleague, url("switching_cross"), shows=("Diferenças sem explicação", "cron"))
        run_jobs()
        assert Switch.objects.get().course == "here"
        assert "A cobrança está aqui" in colleague.get(url("switching")).text
        client = Link.objects.filter(entity="customer").first().entity_id
        assert (
            "Faturas do sistema anterior"
            in colleague.get(url("switching_history", client)).text
        )

    def test_says_what_is_wrong_with_a_file(self, colleague):
        page = send(colleague, b"SELECT 1;").headers["Location"]

        assert "não é uma cópia do banco de dados do WHMCS" in colleague.get(page).text

    def test_is_not_for_everybody(self, site):
        person = a_person("rui@padaria.example")
        a_member(site, person, "support")
        reader = browser(person)

        assert reader.get(url("switching")).status_code == 403
        assert reader.post(url("switching_new")).status_code == 403
