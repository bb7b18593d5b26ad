"""What a plan asks of its buyers: written by staff, asked on the order, kept as it was asked."""

import pytest
from django.test import Client
from django.urls import reverse

from alicerce.apps.catalog.public import fields_of
from alicerce.apps.catalog.services.save_field import change_field
from alicerce.apps.catalog.tests.factories import NOON, a_field, a_price
from alicerce.apps.catalog.types import FieldKind
from alicerce.apps.customers.tests.factories import a_person
from alicerce.apps.orders.models import Order, OrderAnswer
from alicerce.apps.orders.queries.records import order_record
from alicerce.apps.orders.tests.factories import an_order
from alicerce.apps.orders.types import Extras
from alicerce.apps.tenancy.tests.factories import a_member
from alicerce.surfaces.tests.conftest import browser

CPF = "529.982.247-25"


@pytest.fixture
def office(site):
    person = a_person("dona@padaria.example")
    a_member(site, person, "owner")
    return browser(person)


def test_a_field_is_written_asked_answered_and_shown_as_it_was_asked(office):
    price = a_price()
    plan_page = reverse("workspace:plan", args=[price.plan_id])
    new = reverse("workspace:field_new", args=[price.plan_id])
    said = {"label": "Quem assina?", "label_en": "Who signs?", "position": "1"}
    assert office.post(f"{new}?tipo=document", {**said, "is_required": "on"}).url == plan_page
    few = {"label": "Ramo", "choices": "Comércio", "position": "2"}
    assert office.post(f"{new}?tipo=choice", few).status_code == 422
    assert office.post(f"{new}?tipo=choice", {**few, "choices": "Comércio\nServiços"}).url
    assert all(
        words in office.get(plan_page).text for words in ("Quem assina?", "dado pessoal")
    )

    signer, trade = fields_of([price.plan_id])[price.plan_id]
    shop, url = Client(), reverse("site:order_plan", args=[price.plan_id])
    assert all(words in shop.get(url).text for words in ("Quem assina?", "Não responder"))
    typed = {
        "price": str(price.id),
        "domain": "padaria.com.br",
        "name": "Renata Souza",
        "email": "renata@example.com",
        "document": CPF,
    }
    wrong = shop.post(url, {**typed, f"campo_{signer.id}": "111"})
    assert (wrong.status_code, Order.objects.exists()) == (422, False)
    assert "Este CPF ou CNPJ não confere" in wrong.text
    answers = {f"campo_{signer.id}": CPF, f"campo_{trade.id}": "Serviços"}
    assert shop.post(url, {**typed, **answers}).status_code == 302

    order = Order.objects.get()
    edited = reverse("workspace:field_edit", args=[trade.id])
    renamed = {"label": "Setor", "choices": "Governo\nEscola", "position": "2"}
    assert office.post(edited, renamed).url == plan_page
    assert office.post(reverse("workspace:field_retire", args=[signer.id])).url == plan_page
    page = office.get(reverse("workspace:order", args=[order.id])).text
    assert all(words in page for words in ("Quem assina?", CPF, "Ramo", "Serviços"))
    assert "Setor" not in page
    public = shop.get(reverse("site:order", args=[order.token])).text
    assert ("Serviços" in public, CPF in public) == (True, False)
    assert "Setor" in shop.get(url).text


def test_what_is_personal_is_told_to_who_reads_people_and_said_of_in_no_expansion(site):
    price = a_price()
    phone = a_field(price.plan, kind=FieldKind.PHONE, is_personal=True)
    yes = a_field(price.plan, kind=FieldKind.YES_NO, label="Já tem site?", is_required=False)
    order = an_order(price=price, extras=Extras(answers={phone.id: "(11) 99999-0000"}))

    (kept,) = order_record(order.id)["answers"]
    assert (kept["label"], kept["value"]) == ("Contato", None)
    (kept,) = order_record(order.id, with_personal=True)["answers"]
    assert kept["value"] == "11999990000"
    assert not change_field(field_id=yes.id, form=yes.written(), at=NOON)
    OrderAnswer.objects.update(personal="")
    assert order_record(order.id, with_personal=True)["answers"][0]["value"] == ""
