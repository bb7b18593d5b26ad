"""The company's bank: a statement in OFX of what its providers sent there, as a Brazilian bank writes it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from alicerce.kernel.clock import now
from alicerce.vendors.pix.valor import read_valor
from alicerce.vendors.pix.wire import read_time

PIX_FEE_CENTS = 49
OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>{now}<LANGUAGE>POR</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>BRL
<BANKACCTFROM><BANKID>0000<ACCTID>12345-6<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>{first}<DTEND>{now}
{lines}
</BANKTRANLIST><LEDGERBAL><BALAMT>0.00<DTASOF>{now}</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1>
</OFX>
"""
LINE = """<STMTTRN><TRNTYPE>{kind}<DTPOSTED>{on}<TRNAMT>{amount}<FITID>{fitid}<MEMO>{memo}</STMTTRN>"""

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    cents: int
    fitid: str
    memo: str

    def text(self) -> str:
        return LINE.format(
            kind="CREDIT" if self.cents > 0 else "DEBIT",
            on=_day(self.at),
            amount=_decimal(self.cents),
            fitid=self.fitid,
            memo=self.memo,
        )


def statement(
    received: Iterable[Json], arrived: Iterable[Json], *, short: int, parts: int = 1
) -> str:
    """A Pix is there the moment it is received, with its fee; a payout when it was paid."""
    payouts = [line for one in arrived for line in _payout(one, short, parts)]
    lines = sorted([*_pix(received), *payouts], key=lambda line: line.at)
    today = now()
    return OFX.format(
        now=_day(today),
        first=_day(lines[0].at if lines else today),
        lines="\n".join(line.text() for line in lines),
    )


def _pix(received: Iterable[Json]) -> Iterator[Line]:
    for pix in received:
        at, e2eid = read_time(pix["horario"]), pix["endToEndId"]
        yield Line(at, read_valor(pix["valor"]).cents, e2eid, f"PIX RECEBIDO {e2eid}")
        yield Line(at, -PIX_FEE_CENTS, f"T{e2eid}", "TARIFA PIX")
        for back in pix.get("devolucoes", ()):
            if back["status"] == "DEVOLVIDO":
                cents = -read_valor(back["valor"]).cents
                yield Line(at, cents, f"D{back['id']}", f"PIX DEVOLVIDO {back['id']}")


def _payout(one: Json, short: int, parts: int) -> Iterator[Line]:
    """In so many lines; one that the bank sent back left again."""
    at = datetime.fromtimestamp(one["arrival_date"], UTC)
    memo, cents = f"{one['statement_descriptor']} REPASSE {one['id']}", one["amount"] - short
    share = cents // parts
    for number in range(parts):
        name = f"{one['id']}{f'-{number}' if number else ''}"
        yield Line(at, share if number else cents - share * (parts - 1), name, memo)
    if one["status"] == "failed":
        yield Line(at, -cents, f"V{one['id']}", f"DEVOLUCAO {memo}")


def _decimal(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _day(at: datetime) -> str:
    return f"{at:%Y%m%d%H%M%S}"
