"""Many customers invited from the list, or from the page of the file they came with."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alicerce.apps.customers.models import CustomerImport, Invitation, InvitationRound
from alicerce.apps.customers.services.invite_many import take_round_step
from alicerce.apps.customers.tests.factories import a_customer, a_person
from alicerce.apps.hosting.tests.factories import NOON
from alicerce.apps.tenancy.tests.factories import a_member
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import approve, browser

LIST = reverse("workspace:customers")


def url(name, *args):
    return reverse(f"workspace:{name}", args=args)


@pytest.fixture
def reader(site):
    person = a_person("leo@padaria.example")
    a_member(site, person, "read_only")
    return browser(person)


class TestRounds:
    def test_are_previewed_proven_followed_and_stopped(self, colleague, reader):
        customer = a_customer()
        ana = "Nome;Email\nAna;ana.nova@x.example\n"
        file = SimpleUploadedFile("x.csv", ana.encode())
        imported = colleague.post(url("customers_import_new"), {"file": file})
        page = imported.headers["Location"]
        colleague.post(page, {"name": "0", "email": "1"})
        run_jobs()
        invite = url("customers_invite") + f"?trazido={CustomerImport.objects.get().id}"

        assert invite in colleague.get(page).text
        seen = colleague.get(invite).text
        assert "ana.nova@x.example" in seen
        assert customer.email not in seen
        assert colleague.post(invite, {"a_day": "5000"}).status_code == 422
        asked = colleague.post(invite, {"a_day": "50"})
        found = approve(colleague, asked).headers["Location"]
        row = InvitationRound.objects.get()
        assert "Enviando os convites" in colleague.get(found).text
        colleague.post(f"{found}parar/")
        take_round_step(round_id=row.id, part=0, at=NOON)

        assert "O envio foi parado" in colleague.get(found).text
        assert not Invitation.objects.exists()
        listed = colleague.get(LIST + "?etiqueta=vip").text
        assert url("customers_invite") + "?etiqueta=vip" in listed
        assert reader.get(invite).status_code == 403
        assert reader.post(f"{found}parar/").status_code == 403
