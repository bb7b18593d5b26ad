"""The ladder on pages and in the API: read, tried, changed, and what a late customer sees."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from alicerce.apps.dunning.models import Ladder, LadderVersion, Override, Taken
from alicerce.apps.dunning.services.take_steps import take_due_steps
from alicerce.apps.dunning.tests.factories import a_renewal
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.clock import now
from alicerce.surfaces.tests.conftest import browser

TERMS = {
    "name": "Padrão",
    "opens": "8",
    "closes": "20",
    "notice_hours": "24",
    "on_business_days": "on",
    "due_on": "2026-11-09",
}


def typed(*steps, do, **terms):
    """The whole form, with the empty row at its end."""
    form = {**TERMS, **terms, "fazer": do}
    rows = [*steps, ("", "invoice", "")]
    form |= {"passo-TOTAL_FORMS": len(rows), "passo-INITIAL_FORMS": len(steps)}
    for place, (day, kind, *more) in enumerate(rows):
        form |= {f"passo-{place}-offset_days": day, f"passo-{place}-kind": kind}
        form |= {f"passo-{place}-note": more[0] if more else ""}
        form |= {f"passo-{place}-drop": "on"} if "drop" in more[1:] else {}
    return form


SOUND = [("-3", "reminder"), ("1", "reminder", "Fale conosco."), ("5", "suspend_all")]


@pytest.fixture
def finance(site):
    person = a_person("fabio@padaria.example", name="Fábio")
    a_member(site, person, "finance")
    return browser(person)


@pytest.fixture
def reader(site):
    person = a_person("lia@padaria.example", name="Lia")
    a_member(site, person, "read_only")
    return browser(person)


@pytest.fixture
def late(renata):
    """Renata's renewal, a day and more past its last day in time."""
    due_on = now().astimezone(ZoneInfo("America/Sao_Paulo")).date() - timedelta(days=12)
    subscription = a_subscription()
    subscription.customer = renata
    subscription.save(update_fields=["customer"])
    opened_at = now() - timedelta(days=20)
    invoice = a_renewal(subscription, due_on=due_on, at=opened_at)
    take_due_steps(at=_morning(now() - timedelta(days=1)))
    return invoice


def _morning(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo("America/Sao_Paulo")).replace(hour=10)


LADDER = "/app/cobranca/regua/"


class TestEditor:
    def test_shows_the_ladder_that_comes_with_the_program(self, finance):
        page = finance.get(LADDER).content.decode()

        assert "Suspender o site" in page
        assert 'name="passo-9-offset_days" value="30"' in page
        assert 'name="passo-10-offset_days"' in page  # the empty row

    def test_tries_what_is_typed_and_saves_nothing(self, finance):
        page = finance.post(LADDER, typed(*SOUND, do="simular")).content.decode()

        assert "Simulação" in page
        assert "16 de nov. de 2026" in page  # day 5 is a Saturday
        assert "Fale conosco." in page
        assert "o que ainda funciona para em 16 de nov. de 2026" in page
        assert not Ladder.objects.exists()

    def test_saves_and_drops_steps(self, finance):
        steps = [*SOUND, ("7", "reminder", "", "drop")]
        answer = finance.post(LADDER, typed(*steps, do="salvar"))

        saved = Ladder.objects.get()
        assert answer.headers["Location"] == f"{LADDER}{saved.id}/"
        rungs = saved.card().spec.rungs
        assert [(r.offset_days, str(r.kind)) for r in rungs] == [
            (-3, "reminder"),
            (1, "reminder"),
            (5, "suspend_all"),
        ]
        assert rungs[1].note == "Fale conosco."

    def test_says_all_that_is_wrong_and_keeps_what_was_typed(self, finance):
        steps = [("20", "end"), ("25", "suspend_all"), ("0", "suspend_web")]
        answer = finance.post(LADDER, typed(*steps, do="salvar", closes="9"))

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "A ordem está trocada" in page
        assert "Falta um aviso" in page
        assert "O horário de envio precisa" in page
        assert 'value="25"' in page
        assert not Ladder.objects.exists()

    def test_keeps_a_second_ladder_and_makes_it_the_default(self, finance):
        finance.post(LADDER, typed(*SOUND, do="salvar"))
        finance.post(LADDER, typed(*SOUND[:2], do="copiar", name="VIP"))
        vip = Ladder.objects.get(name="VIP")

        finance.post(reverse("workspace:dunning_ladder_default", args=[vip.id]))

        assert Ladder.objects.get(is_default=True) == vip
        assert LadderVersion.objects.count() == 2
        assert "VIP (padrão)" in finance.get(LADDER).content.decode()

    def test_refuses_a_name_that_is_taken(self, finance):
        finance.post(LADDER, typed(*SOUND, do="salvar"))

        answer = finance.post(LADDER, typed(*SOUND, do="copiar"))

        assert answer.status_code == 422
        assert "Já existe uma régua com este nome." in answer.content.decode()

    def test_is_read_and_not_written_by_who_may_only_read(self, reader):
        page = reader.get(LADDER).content.decode()

        assert "Suspender o site" in page
        assert "Salvar régua" not in page
        assert reader.post(LADDER, typed(*SOUND, do="salvar")).status_code == 403


class TestOverdue:
    def test_lists_who_is_late_and_what_comes_next(self, finance, late):
        page = finance.get("/app/cobranca/").content.decode()

        assert late.code in page
        assert "Renata" in page
        assert "Suspender o site" in page

    def test_turns_pages_and_begins_anew_at_a_place_that_is_none(self, finance, late):
        for place, shown in (
            ("lixo", True),
            (f"{late.due_on}_lixo", True),
            (f"{late.due_on}_{'f' * 8}-ffff-ffff-ffff-{'f' * 12}", False),
        ):
            answer = finance.get("/app/cobranca/", {"depois": place})
            assert answer.status_code == 200
            assert (f"/faturas/{late.id}/" in answer.content.decode()) == shown

    def test_shows_what_was_done_and_what_comes_with_its_letters(self, finance, late):
        page = finance.get(f"/app/cobranca/faturas/{late.id}/").content.decode()

        assert "Passa a estar em atraso" in page
        assert "Seu site saiu do ar" in page

    def test_knows_no_invoice_that_is_on_no_ladder(self, finance, late):
        assert finance.get(f"/app/cobranca/faturas/{late.customer_id}/").status_code == 404

    def test_gives_a_customer_more_time(self, finance, late):
        url = f"/app/cobranca/clientes/{late.customer_id}/"
        answer = finance.post(url, {"extra_days": "10", "reason": "Combinado"})

        assert answer.status_code == 302
        assert Override.objects.get().extra_days == 10
        finance.post(f"{url}retirar/")
        assert not Override.objects.exists()

    def test_asks_what_the_exception_is(self, finance, late):
        url = f"/app/cobranca/clientes/{late.customer_id}/"
        answer = finance.post(url, {"reason": "Amigo"})

        assert answer.status_code == 422
        assert "Diga o que muda" in answer.content.decode()


class TestClient:
    def test_reads_on_every_page_that_they_are_late(self, renata_browser, late):
        for address in ("/area-do-cliente/", "/area-do-cliente/faturas/"):
            page = renata_browser.get(address).content.decode()
            assert "está em aberto" in page
            assert f"/area-do-cliente/faturas/{late.id}/" in page
            assert "o site sai do ar em" in page

    def test_reads_nothing_while_nobody_waits_for_money(self, renata_browser):
        page = renata_browser.get("/area-do-cliente/").content.decode()

        assert "está em aberto" not in page
        assert not Taken.objects.exists()
