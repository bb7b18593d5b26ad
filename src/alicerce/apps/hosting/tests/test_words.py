"""What people read of a run: never what a machine said, always in their language, old rows too."""

import pytest
from django.utils import translation

from alicerce.apps.audit.models import Entry
from alicerce.apps.hosting.models import ProvisioningRun, RunStep, Server
from alicerce.apps.hosting.queries.runs import run_view
from alicerce.apps.hosting.queries.servers import server_row
from alicerce.apps.hosting.queries.words import NO_CONNECTION, WORDS, words
from alicerce.apps.hosting.tests.doubles import drive, step_of
from alicerce.apps.hosting.tests.factories import NOON, a_server, a_service, run_of
from alicerce.apps.hosting.types import Answer, Remark, Said
from alicerce.kernel.http import Unknown

ABOUT = {
    "server": "sp-01",
    "name": "padar7xk",
    "package": "pro",
    "domain": "xn--po-quente-l2a.com.br",
    "changes": "2",
    "process": "4711",
    "theirs": "outra.com.br",
    "used": "900",
    "room": "500",
}

pytestmark = pytest.mark.usefixtures("tenant", "panel", "zones")


@pytest.fixture
def silent_run(panel, clock):
    """Stopped by a panel that always hangs up in the middle."""
    a_server()
    run = run_of(a_service(domain="xn--po-quente-l2a.com.br"))
    panel.before["account"] = [Unknown("WHM: RemoteProtocolError") for _ in range(100)]
    return drive(run, clock)


class TestWords:
    @pytest.mark.parametrize("remark", Remark)
    def test_exist_for_every_remark_and_name_domains_with_accents(self, remark):
        said = words(Said(remark, ABOUT, raw="RemoteProtocolError"))

        assert "%(" not in said
        assert "xn--" not in said
        assert "RemoteProtocolError" not in said

    @pytest.mark.parametrize("remark", Remark)
    def test_are_found_when_somebody_reads(self, remark, monkeypatch):
        monkeypatch.setitem(WORDS, remark, Dictionary({"pt-br": "olá", "en": "hello"}))

        with translation.override("en"):
            assert words(Said(remark, ABOUT)) == "hello"

    def test_exist_for_every_way_a_look_at_a_server_may_end(self):
        assert set(NO_CONNECTION) == {*Answer, ""} - {Answer.DONE}


class Dictionary(dict):
    def __str__(self):
        return self[translation.get_language()]


class TestARun:
    def test_keeps_codes_and_what_was_said_apart(self, silent_run):
        kept = step_of(silent_run)

        assert kept.said == {
            "code": "panel_silent", "values": {}, "raw": "WHM: RemoteProtocolError",
        }  # fmt: skip
        assert "text" not in kept.log[-1]
        assert silent_run.said == kept.said

    def test_shows_words_and_folds_away_what_was_said(self, silent_run):
        seen = run_view(silent_run.id)
        step = seen.steps[2]

        assert seen.run.error == step.detail == step.log[-1].text
        assert "parou de responder no meio" in step.detail
        assert step.log[-1].raw == "WHM: RemoteProtocolError"

    def test_leaves_a_code_in_the_trail(self, silent_run):
        entry = Entry.objects.get(action="provisioning_run.failed")

        assert entry.after["reason"] == "panel_silent"

    def test_of_an_older_version_still_shows(self):
        run = run_of(a_service())
        ProvisioningRun.objects.filter(pk=run.pk).update(error="Parou.", status="failed")
        RunStep.objects.filter(run=run, position=3).update(
            detail="Zona xn--po-quente-l2a.com.br conferida.",
            log=[{"at": NOON.isoformat(), "text": "Conta criada."}],
        )

        seen = run_view(run.id)

        assert seen.run.error == "Parou."
        assert seen.steps[2].detail == "Zona pão-quente.com.br conferida."
        assert [(line.text, line.raw) for line in seen.steps[2].log] == [("Conta criada.", "")]


class TestAServer:
    def test_checked_by_an_older_version_still_shows(self):
        server = a_server()
        Server.objects.filter(pk=server.pk).update(check_error="WHM: ConnectError")

        assert "não respondeu como se espera" in server_row(server.id).trouble
