"""Refunds as the PSP writes them down, on the payment that they are of."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from alicerce.vendors.pix.simulator.problems import Violation, invalid
from alicerce.vendors.pix.simulator.records import ISPB, Json
from alicerce.vendors.pix.valor import read_valor
from alicerce.vendors.pix.wire import (
    NOT_RETURNED,
    RETURNED,
    RETURNING,
    read_time,
    write_time,
)

LATEST = timedelta(days=90)


def refunds_of(pix: Json) -> list[Json]:
    return list(pix.get("devolucoes", ()))


def new_refund(refund_id: str, wanted: Mapping[str, Any], *, at: datetime) -> Json:
    return {
        "id": refund_id,
        "rtrId": f"D{ISPB}{at:%Y%m%d%H%M}{secrets.token_hex(6)[:11]}",
        "valor": wanted["valor"],
        "natureza": wanted.get("natureza", "ORIGINAL"),
        **({"descricao": wanted["descricao"]} if "descricao" in wanted else {}),
        "horario": {"solicitacao": write_time(at)},
        "status": RETURNING,
    }


def check_refund(pix: Json, refund_id: str, valor: str, *, at: datetime) -> None:
    """Raises Problem, as the Central Bank's text has it."""
    known = refunds_of(pix)
    if any(one["id"] == refund_id for one in known):
        raise _refused("devolucao.id", "já utilizado", refund_id)
    if at - read_time(pix["horario"]) > LATEST:
        raise _refused("pix.horario", "fora do prazo de 90 dias", pix["horario"])
    going = sum(read_valor(x["valor"]).cents for x in known if x["status"] != NOT_RETURNED)
    if going + read_valor(valor).cents > read_valor(pix["valor"]).cents:
        raise _refused("devolucao.valor", "excede o valor do Pix", valor)


def with_ripe_refunds(pix: Json, *, asked_until: datetime, at: datetime) -> Json:
    """Those that were asked long enough ago have arrived by now."""
    for one in refunds_of(pix):
        asked = read_time(one["horario"]["solicitacao"])
        if one["status"] == RETURNING and asked <= asked_until:
            pix = ended(pix, one["id"], succeeded=True, at=at)
    return pix


def ended(pix: Json, refund_id: str, *, succeeded: bool, at: datetime) -> Json:
    """The payment with that refund over."""
    over = {"status": RETURNED if succeeded else NOT_RETURNED}
    why = {} if succeeded else {"motivo": "Conta do pagador encerrada"}
    return pix | {
        "devolucoes": [
            one | over | why | {"horario": one["horario"] | {"liquidacao": write_time(at)}}
            if one["id"] == refund_id
            else one
            for one in refunds_of(pix)
        ]
    }


def _refused(where: str, why: str, value: object) -> Exception:
    return invalid("PixDevolucaoInvalida", [Violation(where, why, value)])
