"""The time machine as people meet it: asked for with a change, watched, read down to a row, taken as a file."""

from django.urls import reverse

from alicerce.apps.catalog.models import Price
from alicerce.apps.forecasts.models import Forecast
from alicerce.apps.forecasts.services.run import take_forecast_on
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.clock import now
from alicerce.surfaces.tests.conftest import browser


def url(name, *args):
    return reverse(f"workspace:{name}", args=args)


def typed(subscription, **given):
    facts = {
        "months": "3",
        "assumption": "nobody",
        "preco-plan": str(Price.objects.get(pk=subscription.price_id).plan_id),
        "preco-percent": "10",
        "preco-since": "2020-01-01",
        "regua-suspend_web": "8",
    }
    return {**facts, **given}


class TestTimeMachine:
    def test_is_asked_watched_and_read_down_to_the_row(self, colleague):
        customer = a_subscription().customer_id
        wrong = colleague.post(
            url("forecast_new"), typed(a_subscription(), **{"preco-since": ""})
        )
        assert wrong.status_code == 422

        page = colleague.post(url("forecast_new"), typed(a_subscription())).headers["Location"]
        assert "Calculando" in colleague.get(page).text
        one = Forecast.objects.get()
        take_forecast_on(forecast_id=one.id, step=0, at=now())

        assert "outro preço, outra régua" in colleague.get(page).text
        assert "Diferença" in colleague.get(f"{page}?livro=both").text
        rows = colleague.get(
            url("forecast_invoices", one.id) + "?livro=both&so=diferentes"
        ).text
        assert "Com a mudança" in rows
        assert "Suspensão" in colleague.get(url("forecast_happenings", one.id)).text
        assert "Renata Souza" in colleague.get(url("forecast_differences", one.id)).text
        assert colleague.get(url("forecast_customer", one.id, customer)).status_code == 200
        for name in ("invoices", "happenings", "differences"):
            file = colleague.get(url(f"forecast_{name}_csv", one.id))
            assert file.text.startswith("\ufeff")
            assert "Renata Souza" in file.text

    def test_is_not_for_everybody(self, site):
        person = a_person("rui@padaria.example")
        a_member(site, person, "support")
        reader = browser(person)

        assert reader.get(url("forecasts")).status_code == 403
        assert reader.post(url("forecast_new")).status_code == 403
