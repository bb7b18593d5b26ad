"""A payment provider with one account, its charges, the Pix it received and its webhook."""

import json
import secrets
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.vendors.pix.due import write_hundredths
from alicerce.vendors.pix.simulator.automatic import Automatic
from alicerce.vendors.pix.simulator.due import (
    components,
    due_parts,
    is_due_charge,
    is_due_charge_payable,
    new_due_charge,
)
from alicerce.vendors.pix.simulator.problems import Problem, Violation, invalid, missing
from alicerce.vendors.pix.simulator.records import (
    Json,
    Receiver,
    is_payable,
    new_charge,
    new_pix,
    with_wishes,
)
from alicerce.vendors.pix.simulator.refunds import (
    check_refund,
    ended,
    new_refund,
    refunds_of,
    with_ripe_refunds,
)
from alicerce.vendors.pix.valor import write_valor
from alicerce.vendors.pix.wire import ACTIVE, PAID, read_time, write_time
from alicerce.vendors.simulation.courier import Courier, Letter
from alicerce.vendors.simulation.store import Store

CHARGE, PIX, PIX_OF_CHARGE, WEBHOOK = "pix.charge", "pix.pix", "pix.of_charge", "pix.webhook"


class NotPayable(Exception):
    """The payer's bank would refuse: the charge is absent, paid, removed or expired."""


class PixProvider:
    """What the PSP knows, and what a payer's bank can do to it."""

    def __init__(
        self,
        *,
        store: Store,
        courier: Courier,
        receiver: Receiver,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.receiver = receiver
        self.clock = clock
        self._store = store
        self.refund_seconds: float = 1
        """How long a refund is on its way; whoever wants to decide its end lets it take longer."""
        self._courier = courier
        self._lock = threading.RLock()
        self.automatic = Automatic(self, store, self._lock)

    def charges(self) -> list[Json]:
        """Newest first, with their payments."""
        found = sorted(self._store.all(CHARGE).values(), key=_created, reverse=True)
        return [self._with_payments(charge) for charge in found]

    def charge(self, txid: str, *, due: bool | None = None) -> Json:
        """Due ones and immediate ones have one set of names, and each its own address."""
        return self._with_payments(self._known(txid, due=due))

    def put_charge(self, txid: str, wanted: Mapping[str, Any], *, due: bool = False) -> Json:
        """Make a charge, or change the one of that name while it is active."""
        with self._lock:
            if known := self._store.get(CHARGE, txid):
                if is_due_charge(known) != due:
                    raise _not_active(known, why="txid de uma cobrança de outro tipo")
                return self.patch_charge(txid, wanted, due=due)
            blank = new_due_charge if due else new_charge
            made = blank(txid, receiver=self.receiver, at=self.clock())
            return self._save(with_wishes(made, wanted))

    def patch_charge(self, txid: str, wanted: Mapping[str, Any], *, due: bool = False) -> Json:
        with self._lock:
            charge = self._known(txid, due=due)
            if charge["status"] != ACTIVE:
                raise _not_active(charge)
            return self._save(with_wishes(charge, wanted) | {"revisao": charge["revisao"] + 1})

    def pay(
        self,
        txid: str,
        amount: Money | None = None,
        times: int = 1,
        *,
        even_if_refused: bool = False,
    ) -> list[str]:
        """Pay a charge and tell its receiver, all in one callback. Returns the endToEndIds.

        With a due date it costs what its terms make of it at that moment. Twice, or though refused, is
        what two banks racing each other do. Raises NotPayable.
        """
        with self._lock:
            charge = self._store.get(CHARGE, txid)
            if charge is None or not (even_if_refused or self._is_payable(charge)):
                raise NotPayable(txid)
            received = [self._receive(charge, amount) for _ in range(times)]
            self._save(charge | {"status": PAID})
        self._notify(received)
        self.automatic.first_payment(txid)
        return [pix["endToEndId"] for pix in received]

    def resend(self, e2eid: str) -> None:
        """Call back about a payment once more."""
        self._notify([self.pix(e2eid)])

    def pix(self, e2eid: str) -> Json:
        """With its refunds as they are by now."""
        pix: Json | None = self._store.get(PIX, e2eid)
        if pix is None:
            raise missing("PixNaoEncontrado")
        until = self.clock() - timedelta(seconds=self.refund_seconds)
        return with_ripe_refunds(pix, asked_until=until, at=self.clock())

    def put_refund(self, e2eid: str, refund_id: str, wanted: Mapping[str, Any]) -> Json:
        """Begin to give back. An id is good once, and all together are no more than was paid."""
        with self._lock:
            pix = self.pix(e2eid)
            check_refund(pix, refund_id, wanted["valor"], at=self.clock())
            made = new_refund(refund_id, wanted, at=self.clock())
            self._store.put(PIX, e2eid, pix | {"devolucoes": [*refunds_of(pix), made]})
        self._notify_later(e2eid)
        return made

    def refund(self, e2eid: str, refund_id: str) -> Json:
        found = [one for one in refunds_of(self.pix(e2eid)) if one["id"] == refund_id]
        if not found:
            raise missing("PixDevolucaoNaoEncontrada")
        return found[0]

    def settle_refund(self, e2eid: str, refund_id: str, *, succeeded: bool = True) -> None:
        """The other bank answers, and the receiver is called back."""
        with self._lock:
            self.refund(e2eid, refund_id)
            pix = ended(self.pix(e2eid), refund_id, succeeded=succeeded, at=self.clock())
            self._store.put(PIX, e2eid, pix)
        self._notify([pix])

    def take_back(self, e2eid: str, valor: str, *, nature: str = "MED_FRAUDE") -> Json:
        """The payer's bank claimed it and was believed: the PSP returns it, asking nobody here."""
        with self._lock:
            pix = self.pix(e2eid)
            made = new_refund(
                secrets.token_hex(16), {"valor": valor, "natureza": nature}, at=self.clock()
            )
            check_refund(pix, made["id"], valor, at=self.clock())
            taken = pix | {"devolucoes": [*refunds_of(pix), made]}
            self._store.put(
                PIX, e2eid, ended(taken, made["id"], succeeded=True, at=self.clock())
            )
        self._notify([self.pix(e2eid)])
        return self.refund(e2eid, str(made["id"]))

    def received(self, *, start: datetime, end: datetime) -> list[Json]:
        """Oldest first, so that a page once read does not change."""
        every = sorted(self._store.all(PIX).values(), key=_received)
        inside = (pix for pix in every if start <= read_time(pix["horario"]) <= end)
        return [self.pix(pix["endToEndId"]) for pix in inside]

    def webhook(self, key: str) -> Json:
        self._own(key)
        return self.named_webhook(key)

    def named_webhook(self, key: str) -> Json:
        webhook: Json | None = self._store.get(WEBHOOK, key)
        if webhook is None:
            raise missing("WebhookNaoEncontrado")
        return webhook

    def put_webhook(self, key: str, url: str) -> None:
        self._own(key)
        about = {"chave": key, "cnpj": self.receiver.cnpj}
        self.put_named_webhook(key, url, about)

    def put_named_webhook(self, key: str, url: str, about: Mapping[str, Any]) -> None:
        created = {"webhookUrl": url, "criacao": write_time(self.clock())}
        self._store.put(WEBHOOK, key, {**about, **created})

    def delete_webhook(self, key: str) -> None:
        self.named_webhook(key)
        self._store.delete(WEBHOOK, key)

    def receive(self, pix: Json) -> None:
        """Money came by itself: it is listed and told of as any other."""
        self._store.put(PIX, pix["endToEndId"], pix)
        self._notify([pix])

    def post(self, webhook: str, path: str, body: Json) -> None:
        """Call back about something else, where somebody asked for it."""
        if known := self._store.get(WEBHOOK, webhook):
            url = f"{known['webhookUrl'].rstrip('/')}/{path}"
            self._courier.send(Letter(url, json.dumps(body).encode(), _headers))

    def quietly(self) -> AbstractContextManager[None]:
        """Callbacks of what happens meanwhile are lost."""
        return self._courier.silence()

    def close(self) -> None:
        self._courier.close()

    def _known(self, txid: str, *, due: bool | None = None) -> Json:
        charge: Json | None = self._store.get(CHARGE, txid)
        if charge is None or due not in {None, is_due_charge(charge)}:
            raise missing("CobVNaoEncontrada" if due else "CobNaoEncontrado")
        return charge

    def _is_payable(self, charge: Json) -> bool:
        holds = is_due_charge_payable if is_due_charge(charge) else is_payable
        return holds(charge, at=self.clock())

    def _save(self, charge: Json) -> Json:
        self._store.put(CHARGE, charge["txid"], charge)
        return charge

    def _with_payments(self, charge: Json) -> Json:
        paid = self._store.get(PIX_OF_CHARGE, charge["txid"])
        return charge | {"pix": [self.pix(e2eid) for e2eid in paid["ids"]]} if paid else charge

    def _receive(self, charge: Json, amount: Money | None) -> Json:
        at, parts = self.clock(), None
        valor = write_valor(amount) if amount else charge["valor"]["original"]
        if is_due_charge(charge) and not amount:
            owed = due_parts(charge, at=at)
            valor, parts = write_hundredths(owed.total), components(owed)
        pix = new_pix(charge, valor=valor, at=at, parts=parts)
        txid, e2eid = charge["txid"], pix["endToEndId"]
        earlier = self._store.get(PIX_OF_CHARGE, txid) or {"ids": []}
        self._store.put(PIX, e2eid, pix)
        self._store.put(PIX_OF_CHARGE, txid, {"ids": [*earlier["ids"], e2eid]})
        return pix

    def _notify_later(self, e2eid: str) -> None:
        """A refund that nobody decides ends well, and the callback says so when it has."""
        later = self.clock() + timedelta(seconds=self.refund_seconds)
        pix: Json = self._store.get(PIX, e2eid) or {}
        told = with_ripe_refunds(pix, asked_until=later, at=later)
        self._notify([told], after=self.refund_seconds)

    def _notify(self, received: list[Json], *, after: float = 0) -> None:
        webhook = self._store.get(WEBHOOK, self.receiver.key)
        if webhook:
            body = json.dumps({"pix": received}).encode()
            letter = Letter(f"{webhook['webhookUrl']}/pix", body, _headers)
            self._courier.send(letter, after=after)

    def _own(self, key: str) -> None:
        if key != self.receiver.key:
            raise missing()


def _headers() -> dict[str, str]:
    return {"Content-Type": "application/json"}


def _not_active(charge: Json, *, why: str = "a cobrança não está ATIVA") -> Problem:
    kind, problem = (
        ("cobv", "CobVOperacaoInvalida")
        if is_due_charge(charge)
        else ("cob", "CobOperacaoInvalida")
    )
    return invalid(problem, [Violation(f"{kind}.status", why, charge["status"])])


def _created(charge: Json) -> str:
    return str(charge["calendario"]["criacao"])


def _received(pix: Json) -> tuple[str, str]:
    return pix["horario"], pix["endToEndId"]
