"""What a letter says, whoever it is about."""

from datetime import UTC, datetime

import pytest

from alicerce.apps.notify import public as notify
from alicerce.apps.notify.adapters.smtp import _message
from alicerce.apps.notify.models import Message
from alicerce.apps.notify.ports import mailers
from alicerce.apps.notify.services import deliver
from alicerce.apps.tenancy.models import Tenant
from alicerce.kernel.http import Refusal

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
PLAIN = [
    *("Message-ID", "From", "To", "Subject", "Auto-Submitted"),
    *("MIME-Version", "Content-Type"),
]
OURS = "https://padaria.example/pedido/x/?a=1&b=2"


class Carrier:
    def __init__(self, deliver):
        self.deliver = deliver


@pytest.fixture
def letters(monkeypatch):
    sent = []
    monkeypatch.setitem(mailers, "smtp", Carrier(sent.append))
    return sent


def a_letter(letters, name):
    notify.send(
        template="order_received",
        to="ana@example.com",
        key=f"order-received:{name}",
        values={
            "name": name,
            "number": "7",
            "description": "Essencial",
            "total": "R$ 29,90",
            "link_order": OURS,
        },
        at=NOON,
    )
    deliver(message_id=Message.objects.latest("created_at").id, at=NOON)
    return letters[-1]


def test_plain_text_is_plain(tenant, letters):
    letter = a_letter(letters, "D'Ávila & Filhos")

    assert "D'Ávila & Filhos" in letter.text
    assert OURS in letter.text


def test_a_name_is_escaped_once_and_runs_nothing(tenant, letters):
    letter = a_letter(letters, "<b>D'Ávila</b> {{ tenant.document }}")

    assert "&lt;b&gt;D&#x27;Ávila&lt;/b&gt; {{ tenant.document }}" in letter.html


def test_only_our_own_address_is_a_link(tenant, letters):
    letter = a_letter(letters, "Ganhe aqui: https://evil.example/")

    assert letter.html.count("<a ") == 1
    assert f'<a href="{OURS.replace("&", "&amp;")}">' in letter.html


@pytest.mark.parametrize(
    "name", ["Ana\r\nBcc: x@evil.example", "Ana\u2028Bcc: x", "Ana\x0bX: y"]
)
def test_a_name_begins_no_header(tenant, letters, name):
    Tenant.objects.filter(pk=tenant.id).update(name=name)

    letter = a_letter(letters, name)

    written = _message(letter)
    assert written.keys() == PLAIN
    assert len(f"{letter.sender_name}{letter.subject}".splitlines()) == 1


class TestDeliver:
    def test_keeps_that_the_letter_was_refused(self, tenant, monkeypatch):
        def refuse(letter):
            raise Refusal("550 no such mailbox")

        monkeypatch.setitem(mailers, "smtp", Carrier(refuse))
        a_letter([None], "Ana")

        message = Message.objects.get()
        assert (message.status, message.error) == ("refused", "550 no such mailbox")

    def test_a_refusal_does_not_undo_what_another_worker_sent(self, tenant, monkeypatch):
        def lose_the_race(letter):
            message = Message.objects.get()
            message.become_sent(subject=letter.subject, at=NOON)
            raise Refusal("421 twice is too often")

        monkeypatch.setitem(mailers, "smtp", Carrier(lose_the_race))
        a_letter([None], "Ana")

        message = Message.objects.get()
        assert (message.status, message.error) == ("sent", "")
