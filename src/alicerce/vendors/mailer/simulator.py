"""A mail server that delivers to one inbox, which anybody may read."""

import asyncio
import ssl
from base64 import b64decode, b64encode
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

from aiosmtpd.smtp import SMTP, Envelope, Session

from alicerce.kernel.clock import now
from alicerce.vendors.simulation.certificates import Certificates
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import HOST, listen
from alicerce.vendors.simulation.store import Store

LETTER = "letter"
SHOWN = 100
FAULTS = ("busy", "refuse", "accept_then_drop", "accept_then_hang")
ON_ADDRESSING = ("busy", "refuse")
ON_LETTER = ("accept_then_drop", "accept_then_hang")
LONGEST = 900


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in the inbox."""

    id: str
    at: str
    sender: str
    to: tuple[str, ...]
    message_id: str
    subject: str
    text: str
    html: str


class Inbox:
    """Takes every letter, unless told to misbehave."""

    def __init__(self, store: Store, faults: Faults) -> None:
        self._store, self.faults = store, faults

    def letters(self, *, limit: int = SHOWN) -> list[Letter]:
        """Newest first."""
        found = self._store.latest(LETTER, limit=limit)
        return [_opened(key, kept) for key, kept in found.items()]

    def letter(self, key: str) -> Letter | None:
        kept = self._store.get(LETTER, key)
        return _opened(key, kept) if kept else None

    def count(self) -> int:
        return self._store.count(LETTER)

    async def handle_RCPT(  # noqa: N802 (aiosmtpd calls it so)
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        fault = self.faults.pick("rcpt", among=ON_ADDRESSING)
        if fault:
            self.faults.record("rcpt", {"to": address}, outcome=fault)
            return (
                "421 4.3.2 Try again later" if fault == "busy" else "550 5.1.1 No such mailbox"
            )
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 (aiosmtpd calls it so)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        fault = self.faults.pick("data", among=ON_LETTER)
        self._keep(envelope)
        self.faults.record(
            "data",
            {"from": envelope.mail_from, "to": list(envelope.rcpt_tos)},
            outcome=fault or "done",
        )
        if fault == "accept_then_hang":
            await asyncio.sleep(LONGEST)
        if fault:
            cut(server)
        return "250 2.0.0 OK"

    def _keep(self, envelope: Envelope) -> None:
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode()
        kept = {
            "at": now().isoformat(timespec="milliseconds"),
            "from": envelope.mail_from,
            "to": list(envelope.rcpt_tos),
            "raw": b64encode(raw).decode(),
        }
        self._store.put(LETTER, uuid4().hex, kept)


class MailSite:
    """The inbox on a port. With certificates it offers STARTTLS."""

    def __init__(
        self, inbox: Inbox, *, port: int = 0, certificates: Certificates | None = None
    ) -> None:
        self.port = port
        self._inbox = inbox
        self._tls = _tls(certificates) if certificates else None
        self._server: asyncio.Server | None = None
        self._open: set[Conversation] = set()

    @property
    def url(self) -> str:
        return f"smtp://{HOST}:{self.port}"

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        listening = listen(self.port)
        self.port = listening.getsockname()[1]
        self._server = await loop.create_server(self._conversation, sock=listening)

    async def stop(self) -> None:
        if self._server:
            self._server.close()
            ending = [conversation.end() for conversation in list(self._open)]
            await asyncio.gather(*ending)
            await self._server.wait_closed()
            self._server = None

    def _conversation(self) -> "Conversation":
        return Conversation(
            self._inbox,
            self._open,
            hostname="mail.simulador.example",
            loop=asyncio.get_running_loop(),
            tls_context=self._tls,
        )


class Conversation(SMTP):
    """One client's connection, known to its site while it lasts."""

    def __init__(self, inbox: Inbox, known: "set[Conversation]", **options: Any) -> None:
        super().__init__(inbox, **options)
        self._known = known

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._known.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._known.discard(self)
        super().connection_lost(error)

    async def end(self) -> None:
        running = self._handler_coroutine
        cut(self)
        if running:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


def cut(conversation: SMTP) -> None:
    """End the connection without a word."""
    if isinstance(conversation.transport, asyncio.WriteTransport):
        conversation.transport.abort()


def _opened(key: str, kept: dict[str, Any]) -> Letter:
    message = message_from_bytes(b64decode(kept["raw"]), policy=policy.default)
    return Letter(
        id=key,
        at=kept["at"],
        sender=kept["from"],
        to=tuple(kept["to"]),
        message_id=str(message["Message-ID"] or ""),
        subject=str(message["Subject"] or ""),
        text=_body(message, "plain"),
        html=_body(message, "html"),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""


def _tls(certificates: Certificates) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificates.server_cert, certificates.server_key)
    return context
