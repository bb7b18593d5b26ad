"""Signatures that others verify, and a schedule that ends."""

from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from alicerce.apps.endpoints.rules import signing
from alicerce.apps.endpoints.rules.schedule import (
    AGAIN,
    asked_wait,
    next_try,
    rest_after,
    verdict,
)
from alicerce.apps.endpoints.tests.factories import NOON
from alicerce.apps.endpoints.types import Verdict

BODY = '{"type":"invoice.paid","data":{"pão":1}}'.encode()


def now():
    return datetime.now(UTC)


def signed(*secrets, at=None):
    return signing.headers(secrets, message_id="m-1", at=at or now(), body=BODY)


class TestSignature:
    def test_is_verified_by_the_reference_library(self):
        secret = signing.new_secret()
        assert Webhook(secret).verify(BODY, signed(secret))["data"]

    def test_is_what_the_specification_computes(self):
        secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        known = signing.signature(
            secret,
            message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
            timestamp=1614265330,
            body=b'{"test": 2432232314}',
        )
        assert known == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    def test_is_made_by_both_secrets_while_one_replaces_the_other(self):
        old, new = signing.new_secret(), signing.new_secret()
        headers = signed(new, old)
        for secret in (old, new):
            Webhook(secret).verify(BODY, headers)

    @pytest.mark.parametrize("change", ["body", "id", "secret"])
    def test_does_not_verify_anything_else(self, change):
        secret = signing.new_secret()
        headers, body, verifier = signed(secret), BODY, secret
        if change == "body":
            body += b" "
        if change == "id":
            headers["webhook-id"] = "m-2"
        if change == "secret":
            verifier = signing.new_secret()
        with pytest.raises(WebhookVerificationError):
            Webhook(verifier).verify(body, headers)

    @pytest.mark.parametrize("minutes", [-6, 6])
    def test_is_too_old_or_too_early_after_five_minutes(self, minutes):
        secret = signing.new_secret()
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(BODY, signed(secret, at=now() + timedelta(minutes=minutes)))

    def test_is_not_written_down(self):
        kept = signing.without_signature(signed(signing.new_secret()))
        assert set(kept) == {"Content-Type", "User-Agent", "webhook-id", "webhook-timestamp"}


class TestSchedule:
    def test_is_ten_attempts_in_75_hours_and_a_half(self):
        assert len(AGAIN.delays) == 9
        assert sum(AGAIN.delays, timedelta()) == timedelta(hours=75, minutes=35, seconds=5)
        assert AGAIN.after(10) is None

    @pytest.mark.parametrize(
        ("status", "judged"),
        [(200, "delivered"), (204, "delivered"), (302, "failed"), (404, "failed"), (410, "gone"),
         (500, "failed"), (None, "failed")],
    )  # fmt: skip
    def test_takes_only_2xx_for_delivered(self, status, judged):
        assert verdict(status) == Verdict(judged)

    def test_leaves_an_endpoint_alone_that_only_fails(self):
        rests = [rest_after(failures) for failures in (0, 4, 5, 6, 7, 50)]
        assert [rest // timedelta(minutes=1) for rest in rests] == [0, 0, 1, 2, 4, 60]


class TestRetryAfter:
    @pytest.mark.parametrize(
        ("said", "seconds"),
        [("120", 120), (" 7 ", 7), ("Tue, 01 Sep 2026 12:10:00 GMT", 600), ("", 0), ("-5", 0),
         ("soon", 0), ("9" * 40, 86_400), ("Tue, 01 Sep 2020 12:10:00 GMT", 0)],
    )  # fmt: skip
    def test_is_read_within_bounds(self, said, seconds):
        assert asked_wait(said, at=NOON) == timedelta(seconds=seconds)

    @pytest.mark.parametrize(("status", "waits"), [(429, True), (503, True), (500, False)])
    def test_counts_only_where_it_means_something(self, status, waits):
        given = {"tries": 1, "failures": 1, "retry_after": "3000", "at": NOON}
        following = next_try(status=status, **given)
        assert (following.delay >= timedelta(seconds=3000)) is waits
        assert bool(following.rest) is waits

    def test_never_shortens_the_schedule(self, settings):
        settings.RETRY_PACE = 1
        following = next_try(tries=5, failures=5, status=429, retry_after="1", at=NOON)
        assert following.delay > timedelta(hours=4)
