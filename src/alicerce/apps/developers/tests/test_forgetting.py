"""Old calls and old answers are forgotten; the rest stays."""

from datetime import timedelta

from alicerce.apps.developers.jobs import find_old_calls
from alicerce.apps.developers.models import KeptAnswer, LoggedCall
from alicerce.apps.developers.services import keep_log
from alicerce.apps.developers.services.answer_once import keep_answer
from alicerce.apps.developers.services.keep_log import forget_old, write_calls
from alicerce.apps.developers.tests.factories import NOON
from alicerce.apps.developers.types import Attempt, Call, Kept
from alicerce.kernel.ids import uuid7
from alicerce.kernel.testing import queued_jobs, run_jobs


def test_forgets_what_is_old_enough(tenant):
    key_id = uuid7()
    for days in (0, 29, 31):
        at = NOON - timedelta(days=days)
        write_calls(calls=[Call(tenant.id, key_id, at, "GET", "/v1/me", 200, 1, uuid7())])
    for hours in (1, 25):
        attempt = Attempt(key_id, "POST /v1/keys", str(hours), "0" * 64)
        keep_answer(
            attempt=attempt, kept=Kept(201, {}, b"{}"), at=NOON - timedelta(hours=hours)
        )

    assert forget_old(at=NOON) == 2
    assert (LoggedCall.objects.count(), KeptAnswer.objects.count()) == (2, 1)
    assert forget_old(at=NOON) == 0


def test_forgets_a_big_log_piece_by_piece(tenant, monkeypatch):
    monkeypatch.setattr(keep_log, "AT_A_TIME", 2)
    long_ago = NOON - timedelta(days=40)
    calls = [
        Call(tenant.id, uuid7(), long_ago, "GET", "/v1/me", 200, 1, uuid7()) for _ in range(5)
    ]
    write_calls(calls=calls)

    assert forget_old(at=NOON) == 2
    assert LoggedCall.objects.count() == 3
    done = [job for job in run_jobs() if job.startswith("developers.")]
    assert done == ["developers.forget_old_calls"] * 2
    assert LoggedCall.objects.count() == 0
    assert queued_jobs() == []


def test_forgets_for_a_closed_company_too(tenant):
    tenant.status = "closed"
    tenant.save()

    find_old_calls()

    assert queued_jobs() == [
        "developers.forget_old_calls",
        "marketplace.forget_lapsed_tokens",
    ]
