"""From an empty installation to somebody who signs in."""

import pytest

from alicerce.apps.tenancy import public as tenancy
from alicerce.project.companies import CannotOpen, open_company

PASSWORD = "pão quente às seis"


def opened(**given):
    facts = {
        "name": "Nuvem Sul",
        "document": "12.ABC.345/01DE-35",
        "city": "Curitiba",
        "legal_name": "Nuvem Sul Ltda",
        "slug": None,
        "hosts": (),
        "base_url": "http://testserver",
        "person": "Ana Moreira",
        "email": "ana@nuvemsul.example",
        "is_platform": False,
    }
    return open_company(**{**facts, **given})


def test_its_first_person_chooses_a_password_and_is_in(db, client):
    link = opened()

    client.post(link.removeprefix("http://testserver"), {"password": PASSWORD})
    client.post("/sair/")
    given = {"login": "ana@nuvemsul.example", "password": PASSWORD}

    assert client.post("/entrar/", given).status_code == 302


def test_an_operator_of_the_platform_reaches_the_panel(db, client):
    opened()
    link = opened(name="Plataforma", is_platform=True, email="eva@plataforma.example")

    entered = client.post(
        link.removeprefix("http://testserver"), {"password": PASSWORD}, follow=True
    )

    assert entered.redirect_chain[-1][0] == "/admin/"
    assert entered.status_code == 200


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"document": "123"}, "neither a CNPJ nor a CPF"),
        ({"slug": "outra"}, "address already leads"),
        ({"hosts": ("http://outra.example",)}, "of that name"),
    ],
)
def test_what_cannot_be_says_why(db, given, said):
    opened()

    with pytest.raises(CannotOpen, match=said):
        opened(email="bia@nuvemsul.example", **given)
    assert len(tenancy.tenant_ids()) == 1
