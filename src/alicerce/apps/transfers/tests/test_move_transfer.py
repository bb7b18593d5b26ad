"""People move an account: each change in its stage, with a note, and without a token at the end."""

from datetime import timedelta

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.transfers import rules
from alicerce.apps.transfers.errors import (
    TransferIsMoving,
    TransferIsOver,
    TransferNotMoving,
    TransferNotReady,
)
from alicerce.apps.transfers.jobs import find_old_tokens
from alicerce.apps.transfers.models import LogLine, Transfer
from alicerce.apps.transfers.services.destroy_tokens import destroy_tokens
from alicerce.apps.transfers.services.move_transfer import (
    cancel_transfer,
    finish_moving,
    give_up,
    start_moving,
)
from alicerce.apps.transfers.tests.factories import NOON, a_transfer
from alicerce.apps.transfers.types import Stage
from alicerce.kernel.testing import run_jobs

pytestmark = pytest.mark.usefixtures("tenant", "mover", "panel", "letters")


@pytest.fixture
def ready(service):
    transfer = a_transfer(service)
    run_jobs()
    return transfer


def stage_of(transfer):
    transfer.refresh_from_db()
    return transfer.stage


class TestMoving:
    def test_is_started_and_finished_with_notes(self, ready, published, letters):
        letters.clear()
        start_moving(transfer_id=ready.id, note="Hoje à noite", at=NOON)
        assert stage_of(ready) == Stage.MOVING

        finish_moving(transfer_id=ready.id, note="Conferido", at=NOON)
        run_jobs()

        assert stage_of(ready) == Stage.DONE
        assert not ready.has_token
        assert ready.finished_at == NOON
        assert LogLine.objects.filter(note="Hoje à noite", code="moving").exists()
        assert Entry.objects.filter(action="transfer.done").exists()
        assert [letter.subject for letter in letters] == [
            "A migração de padaria.com.br foi concluída"
        ]
        assert "transfer.done" in [event.name for event in published]

    def test_starts_only_what_is_ready_and_ends_only_what_is_moved(self, ready):
        with pytest.raises(TransferNotMoving):
            finish_moving(transfer_id=ready.id, note="", at=NOON)
        start_moving(transfer_id=ready.id, note="", at=NOON)
        with pytest.raises(TransferNotReady):
            start_moving(transfer_id=ready.id, note="", at=NOON)


class TestCanceling:
    def test_destroys_the_token(self, ready, published):
        cancel_transfer(transfer_id=ready.id, note="Desistiu", at=NOON)
        run_jobs()

        assert stage_of(ready) == Stage.CANCELED
        assert not ready.has_token
        assert "transfer.canceled" in [event.name for event in published]

    def test_of_what_is_over_is_refused(self, ready):
        cancel_transfer(transfer_id=ready.id, at=NOON)

        with pytest.raises(TransferIsOver):
            cancel_transfer(transfer_id=ready.id, at=NOON)

    def test_of_what_is_moved_is_for_who_moves_it(self, ready):
        start_moving(transfer_id=ready.id, note="", at=NOON)

        with pytest.raises(TransferIsMoving):
            cancel_transfer(transfer_id=ready.id, at=NOON)
        cancel_transfer(transfer_id=ready.id, even_if_moving=True, at=NOON)

        assert stage_of(ready) == Stage.CANCELED


class TestGivingUp:
    def test_says_nothing_of_an_examination_that_was_overtaken(self, ready):
        give_up(transfer_id=ready.id, examination=1, error="x", at=NOON)

        assert stage_of(ready) == Stage.READY


class TestTokens:
    def test_are_destroyed_after_fourteen_days_whatever_the_stage(self, ready):
        end = NOON + rules.TOKEN_KEPT

        assert destroy_tokens(before=NOON, at=end) == 0
        assert destroy_tokens(before=end - rules.TOKEN_KEPT + timedelta(seconds=1), at=end) == 1
        assert stage_of(ready) == Stage.READY
        assert not ready.has_token
        assert LogLine.objects.filter(code="token_expired").count() == 1
        assert destroy_tokens(before=end, at=end) == 0

    def test_are_looked_for_by_the_clock_in_every_company(self, ready):
        find_old_tokens()
        run_jobs()

        assert not Transfer.objects.get(pk=ready.id).has_token
