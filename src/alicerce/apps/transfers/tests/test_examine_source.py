"""A source is examined: ready, blocked with reasons, asked again, or given up."""

from dataclasses import replace

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.transfers.models import LogLine, Transfer
from alicerce.apps.transfers.ports import SourceRefusal
from alicerce.apps.transfers.queries.views import log_of, steps_of, transfer_view
from alicerce.apps.transfers.services.examine_source import DestinationAway, examine_source
from alicerce.apps.transfers.services.move_transfer import cancel_transfer
from alicerce.apps.transfers.services.request_transfer import examine_again
from alicerce.apps.transfers.tests.doubles import FACTS
from alicerce.apps.transfers.tests.factories import (
    NOON,
    TOKEN,
    a_transfer,
    an_active_service,
)
from alicerce.apps.transfers.types import Code, Correction, Domain, SourceFacts, Stage
from alicerce.kernel.http import Unavailable, Unknown
from alicerce.kernel.testing import run_jobs

pytestmark = pytest.mark.usefixtures("tenant", "panel", "letters")


@pytest.fixture
def transfer(service, mover):
    return a_transfer(service)


def examine(transfer, examination=1):
    examine_source(transfer_id=transfer.id, examination=examination, clock=lambda: NOON)
    transfer.refresh_from_db()
    return transfer


def codes(transfer):
    return [kept["code"] for kept in transfer.findings]


class TestReady:
    def test_keeps_what_was_seen_and_tells_everybody(self, transfer, mover, letters, published):
        run_jobs()
        transfer.refresh_from_db()

        assert mover.asked == [(transfer.source, TOKEN)]
        assert (transfer.stage, transfer.findings) == (Stage.READY, [])
        assert (transfer.source_domain, transfer.disk_used) == ("padaria.com.br", 734003200)
        assert transfer.domains == [{"name": "padaria.com.br", "kind": "main"}]
        assert "transfer.ready" in [event.name for event in published]
        assert [letter.subject for letter in letters] == [
            "A migração de padaria.com.br está pronta para começar"
        ]
        assert Entry.objects.filter(action="transfer.ready").exists()

    def test_shows_every_step_done(self, transfer):
        examine(transfer)

        view = transfer_view(transfer.id)
        assert [step.state for step in steps_of(view, log_of(transfer.id))] == ["done"] * 4

    def test_says_what_whoever_moves_it_must_know(self, transfer, mover, panel):
        panel.accounts["padaria1"] = "outra-padaria.com.br"
        mover.facts = replace(
            FACTS,
            domain="padaria-antiga.com.br",
            domains=(Domain("padaria-antiga.com.br", "main"), Domain("loja.com.br", "addon")),
        )

        examine(transfer)

        assert transfer.stage == Stage.READY
        assert codes(transfer) == ["more_domains", "username_taken", "domain_differs"]

    def test_asks_a_person_to_look_at_what_is_not_told(self, transfer, mover):
        mover.facts = replace(FACTS, disk_used=None, domains=None)

        examine(transfer)

        assert transfer.stage == Stage.READY
        assert codes(transfer) == ["disk_untold", "domains_untold"]


class TestBlocked:
    @pytest.fixture(
        params=[
            (Code.DENIED, "Access denied"),
            (Code.NOT_TRUSTED, "certificate verify failed"),
            (Code.ADDRESS_INSIDE, "the address is not on the public Internet"),
            (Code.SOURCE_REFUSED, "HTTP 404"),
        ]
    )
    def blocking(self, request, mover):
        mover.troubles = [SourceRefusal(*request.param)]
        return request.param

    def test_by_a_refusal_that_has_a_name(self, blocking, transfer, published, letters):
        code, reason = blocking

        run_jobs()
        transfer.refresh_from_db()

        assert (transfer.stage, codes(transfer)) == (Stage.BLOCKED, [code])
        (blocked,) = [event for event in published if event.name == "transfer.blocked"]
        assert blocked.reasons == (code,)
        (letter,) = letters
        assert letter.subject == "A migração de padaria.com.br precisa de uma correção"
        assert reason not in letter.text

    @pytest.mark.parametrize(
        ("facts", "code"),
        [
            (SourceFacts("11.1", has_account=False), "no_account"),
            (replace(FACTS, suspended=True), "source_suspended"),
        ],
    )
    def test_by_what_the_source_shows(self, transfer, mover, facts, code):
        mover.facts = facts

        examine(transfer)

        assert (transfer.stage, codes(transfer)) == (Stage.BLOCKED, [code])

    def test_by_a_plan_that_is_too_small(self, transfer, panel, service):
        panel.limits[service.username] = 500 * 1024 * 1024

        examine(transfer)

        assert (transfer.stage, codes(transfer)) == (Stage.BLOCKED, ["disk_too_small"])
        (found,) = transfer_view(transfer.id).findings
        assert "700,0" in found.text
        assert "500,0" in found.text

    def test_by_a_domain_that_another_service_has(self, transfer, mover):
        an_active_service(domain="loja.com.br")
        mover.facts = replace(FACTS, domains=(*FACTS.domains, Domain("loja.com.br", "addon")))

        examine(transfer)

        assert "domain_of_another" in codes(transfer)
        assert transfer.stage == Stage.BLOCKED

    def test_by_a_destination_that_is_gone(self, transfer, panel):
        panel.accounts.clear()

        examine(transfer)

        assert codes(transfer) == ["destination_missing"]

    def test_is_examined_again_after_a_correction(self, transfer, mover):
        mover.troubles = [SourceRefusal(Code.DENIED, "Access denied")]
        examine(transfer)

        examine_again(
            transfer_id=transfer.id,
            correction=Correction(transfer.source, "TOKEN-CERTO"),
            at=NOON,
        )
        run_jobs()
        transfer.refresh_from_db()

        assert transfer.stage == Stage.READY
        assert [token for _, token in mover.asked] == [TOKEN, "TOKEN-CERTO"]

    def test_shows_where_it_stopped(self, transfer, mover):
        mover.facts = SourceFacts("11.1", has_account=False)
        examine(transfer)

        view = transfer_view(transfer.id)
        states = [step.state for step in steps_of(view, log_of(transfer.id))]
        assert states == ["done", "fail", "todo", "todo"]


class TestSilence:
    @pytest.mark.parametrize(
        ("trouble", "code"),
        [(Unavailable("away"), "source_away"), (Unknown("hung"), "source_silent")],
    )
    def test_is_written_down_and_asked_again(self, transfer, mover, trouble, code):
        mover.troubles = [trouble]

        with pytest.raises(type(trouble)):
            examine(transfer)
        transfer.refresh_from_db()
        assert transfer.stage == Stage.EXAMINING
        assert LogLine.objects.filter(code=code).count() == 1
        states = [
            step.state for step in steps_of(transfer_view(transfer.id), log_of(transfer.id))
        ]
        assert states[0] == "wait"

        examine(transfer)
        assert transfer.stage == Stage.READY

    def test_of_our_own_server_is_no_fault_of_the_source(self, transfer, panel):
        panel.before["account"] = [Unavailable("away")]

        with pytest.raises(DestinationAway):
            examine(transfer)

        transfer.refresh_from_db()
        assert transfer.stage == Stage.EXAMINING
        assert LogLine.objects.filter(code="destination_away").exists()

    def test_after_the_last_attempt_fails_it_and_destroys_the_token(
        self, transfer, mover, published
    ):
        mover.troubles = [Unknown("hung")] * 50

        run_jobs(include_delayed=True, raise_failures=False)
        transfer.refresh_from_db()

        assert (transfer.stage, transfer.has_token) == (Stage.FAILED, False)
        assert len(mover.asked) == 9
        assert "transfer.failed" in [event.name for event in published]


class TestOvertaken:
    def test_changes_nothing_when_canceled_meanwhile(self, transfer, mover):
        look = mover.examine

        def cancel_first(source, token):
            cancel_transfer(transfer_id=transfer.id, at=NOON)
            return look(source, token)

        mover.examine = cancel_first
        examine(transfer)

        assert (transfer.stage, transfer.findings) == (Stage.CANCELED, [])

    def test_asks_nobody_when_it_is_an_older_one(self, transfer, mover):
        Transfer.objects.filter(pk=transfer.id).update(examination=2)

        examine(transfer, 1)

        assert mover.asked == []
