"""Charges and payments as the PSP writes them down."""

import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from alicerce.vendors.pix import brcode
from alicerce.vendors.pix.wire import ACTIVE, read_time, write_time

ISPB = "99999010"
HOST = "pix.simulador.example"
DEFAULT_SECONDS = 86400
E2E_ALPHABET = string.ascii_letters + string.digits
DECIDED_OF_CALENDAR = {"expiracao", "dataDeVencimento", "validadeAposVencimento"}
DECIDED_BY_RECEIVER = (
    "valor",
    "chave",
    "devedor",
    "solicitacaoPagador",
    "infoAdicionais",
    "status",
)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Receiver:
    """The account that is paid."""

    name: str
    city: str
    cnpj: str
    key: str

    def said(self) -> Json:
        return {"cnpj": self.cnpj, "nome": self.name}


def new_charge(txid: str, *, receiver: Receiver, at: datetime, kind: str = "cob") -> Json:
    created = write_time(at)
    location = f"{HOST}/qr/v2/{'cobv/' if kind == 'cobv' else ''}{uuid4().hex}"
    loc = {"id": secrets.randbelow(2**40) + 1, "location": location, "tipoCob": kind}
    return {
        "txid": txid,
        "revisao": 0,
        "status": ACTIVE,
        "calendario": {"criacao": created, "expiracao": DEFAULT_SECONDS},
        "location": location,
        "loc": {**loc, "txid": txid, "criacao": created},
        "pixCopiaECola": brcode.dynamic(
            url=location, receiver=receiver.name, city=receiver.city
        ),
    }


def with_wishes(charge: Json, wanted: Mapping[str, Any]) -> Json:
    """The charge as its receiver wants it; the rest is the PSP's to decide."""
    calendar = charge["calendario"] | {
        name: value
        for name, value in wanted.get("calendario", {}).items()
        if name in DECIDED_OF_CALENDAR
    }
    wishes = {name: wanted[name] for name in DECIDED_BY_RECEIVER if name in wanted}
    return charge | wishes | {"calendario": calendar}


def is_payable(charge: Json, *, at: datetime) -> bool:
    calendar = charge["calendario"]
    until = read_time(calendar["criacao"]) + timedelta(seconds=calendar["expiracao"])
    return bool(charge["status"] == ACTIVE) and at <= until


def new_pix(charge: Json, *, valor: str, at: datetime, parts: Json | None = None) -> Json:
    return {
        "endToEndId": _end_to_end_id(at),
        "txid": charge["txid"],
        "valor": valor,
        "componentesValor": parts or {"original": {"valor": valor}},
        "chave": charge["chave"],
        "horario": write_time(at),
        "infoPagador": charge.get("solicitacaoPagador", ""),
    }


def _end_to_end_id(at: datetime) -> str:
    tail = "".join(secrets.choice(E2E_ALPHABET) for _ in range(11))
    return f"E{ISPB}{at:%Y%m%d%H%M}{tail}"
