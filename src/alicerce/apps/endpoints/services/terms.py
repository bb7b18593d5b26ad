"""What is promised to receivers, read from what keeps the promise."""

from datetime import timedelta

from alicerce.apps.endpoints.models.endpoint import BOTH_SECRETS_FOR
from alicerce.apps.endpoints.rules import schedule
from alicerce.apps.endpoints.rules.catalog import LONGEST_BODY
from alicerce.apps.endpoints.services.forget_old import KEPT
from alicerce.apps.endpoints.services.replay import MOST_AT_ONCE
from alicerce.apps.endpoints.types import Terms
from alicerce.kernel.safe_http import current_policy


def terms() -> Terms:
    return Terms(
        attempts=(timedelta(), *schedule.AGAIN.delays),
        answer_within=timedelta(seconds=current_policy().seconds),
        longest_wait_asked=schedule.LONGEST_WAIT_ASKED,
        tried_without_rest=schedule.TRIED_WITHOUT_REST,
        longest_rest=schedule.LONGEST_REST,
        gives_up_after=schedule.GIVES_UP_AFTER,
        both_secrets_for=BOTH_SECRETS_FOR,
        kept=KEPT,
        longest_body=LONGEST_BODY,
        replayed_at_once=MOST_AT_ONCE,
    )
