"""A log line tells what happened, and gives nobody a key."""

import json
import logging
import sys

import pytest

from alicerce.kernel.logs import JsonLines, OrdinaryAnswers, PlainLines, redact

KEY = "fL2eV0Zo5KY-cetUonwXhDnUXky4YaBYEMH3MZ_uqrE"


@pytest.mark.parametrize(
    "address",
    [
        f"/hooks/stripe/{KEY}/",
        f"/hooks/pix/{KEY}",
        f"/hooks/pix/{KEY}/pix",
        f"/pedido/{KEY}/pagamento/",
        f"/fatura/{KEY}/?forma=pix",
        f"/entrar/senha/MDFh/{KEY}/",
        f"/entrar/nao-fui-eu/{KEY}/",
    ],
)
def test_an_address_that_is_a_key_is_not_written_down(address):
    line = redact(f"Unprocessable Entity: {address}")

    assert KEY not in line
    assert line.startswith("Unprocessable Entity: /")


def test_other_addresses_stay():
    assert redact("Not Found: /pedir/01a1fd16/") == "Not Found: /pedir/01a1fd16/"


@pytest.mark.parametrize(
    "said",
    [
        f"Authorization: whm root:{KEY}",
        f"Authorization: Bearer {KEY}",
        f'"client_secret": "{KEY}"',
        "postgresql://alicerce_app:canary@db/alicerce refused",
        "Invalid API Key provided: sk_live_canary",
        "signed with whsec_canary",
    ],
)
def test_secrets_are_recognized(said):
    line = redact(said)

    assert KEY not in line
    assert "canary" not in line


def an_answer(status, *, at=0.0, level=logging.WARNING, path="/admin/"):
    record = logging.LogRecord("django.request", level, "", 0, "Said: %s", (path,), None)
    record.status_code, record.created = status, at
    return record


def a_failure(level):
    try:
        int("defeito")
    except ValueError:
        return logging.LogRecord("alicerce", level, "", 0, "falhou", (), sys.exc_info())


class TestOrdinaryAnswers:
    @pytest.mark.parametrize("status", [401, 404, 405, 409, 410, 422, 429])
    def test_are_no_news(self, status):
        assert not OrdinaryAnswers().filter(an_answer(status))

    @pytest.mark.parametrize("status", [500, 503])
    def test_are_not_what_we_did_wrong(self, status):
        assert OrdinaryAnswers().filter(an_answer(status))

    def test_are_not_what_is_no_answer(self):
        assert OrdinaryAnswers().filter(a_failure(logging.WARNING))

    @pytest.mark.parametrize("status", [400, 403])
    def test_that_refuse_are_counted_and_told_ever_less(self, status):
        ordinary = OrdinaryAnswers()
        answers = [an_answer(status, level=logging.ERROR) for _ in range(250)]

        told = [answer for answer in answers if ordinary.filter(answer)]

        assert [answer.getMessage() for answer in told] == [
            "Said: /admin/",
            f"Said: /admin/ (answer {status}, 10 times within this minute)",
            f"Said: /admin/ (answer {status}, 100 times within this minute)",
        ]
        assert {answer.levelname for answer in told} == {"WARNING"}

    def test_begin_to_count_again_each_minute(self):
        ordinary = OrdinaryAnswers()

        assert ordinary.filter(an_answer(403, at=1.0))
        assert not ordinary.filter(an_answer(403, at=59.0))
        assert ordinary.filter(an_answer(403, at=61.0))

    def test_leave_the_log_of_a_missing_page_empty(self, tenant, client, caplog, settings):
        assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["ordinary"]
        caplog.handler.addFilter(OrdinaryAnswers())

        assert client.get("/nada/").status_code == 404

        assert not caplog.records


class TestPlainLines:
    def test_tell_the_story_of_our_own_failures_only(self):
        assert "Traceback" in PlainLines().format(a_failure(logging.ERROR))
        assert PlainLines().format(a_failure(logging.WARNING)).endswith("alicerce: falhou")


FORGED = "falhou\r\n12:00:00 info alicerce: tudo certo\x1b[2K\x9b31m\u2028\x85"


def said(text):
    return logging.LogRecord("alicerce", logging.ERROR, "", 0, "%s", (text,), None)


class TestALine:
    """What a stranger had us write down begins no line and moves no cursor."""

    @pytest.mark.parametrize("form", [JsonLines, PlainLines])
    def test_stays_one(self, form):
        line = form().format(said(FORGED))

        assert len(line.splitlines()) == 1
        assert line.isprintable()

    def test_is_json_that_says_what_was_said(self):
        assert json.loads(JsonLines().format(said(FORGED)))["message"] == FORGED

    def test_of_a_failure_moves_no_cursor_either(self):
        try:
            int(FORGED)
        except ValueError as error:
            error.args = (FORGED,)
            failure = logging.LogRecord("a", logging.ERROR, "", 0, "x", (), sys.exc_info())

        told = PlainLines().format(failure)

        assert "\x1b" not in told
        assert "\r" not in told
