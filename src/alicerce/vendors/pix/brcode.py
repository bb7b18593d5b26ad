"""The BR Code: the text inside a Pix QR code (EMV, merchant-presented mode)."""

import binascii
import re
import unicodedata
from dataclasses import dataclass

from alicerce.kernel.money import Money
from alicerce.vendors.pix.valor import read_valor, write_valor

GUI = "br.gov.bcb.pix"
NO_TXID = "***"
MAX_NAME = 25
MAX_CITY = 15
MAX_FIELD = 99
MAX_PAYLOAD = 512
STATIC_TXID = re.compile(r"[a-zA-Z0-9]{1,25}")
CRC_TAIL = re.compile(r"6304[0-9A-F]{4}")


class BadBrCode(ValueError):
    """Not a BR Code, or one that would break the rules of the Central Bank."""


@dataclass(frozen=True, slots=True)
class BrCode:
    """What a BR Code says. A dynamic one has a `url`, a static one has a `key`."""

    receiver: str
    city: str
    key: str | None = None
    url: str | None = None
    recurrence_url: str | None = None
    amount: Money | None = None
    txid: str = NO_TXID
    text: str | None = None
    single_use: bool = False


def static(
    *,
    key: str,
    receiver: str,
    city: str,
    amount: Money | None = None,
    txid: str = NO_TXID,
    text: str | None = None,
) -> str:
    """A code that anyone may pay any number of times, with or without an amount."""
    if txid != NO_TXID and not STATIC_TXID.fullmatch(txid):
        raise BadBrCode(f"txid {txid!r}")
    account = (
        _field("00", GUI) + _field("01", key) + (_field("02", ascii_fold(text)) if text else "")
    )
    price = _field("54", write_valor(amount)) if amount else ""
    return _sealed(_field("26", account), price, receiver, city, txid)


def dynamic(*, url: str, receiver: str, city: str) -> str:
    """A code for one charge, whose amount and payer stand behind the URL (no scheme in it)."""
    if "://" in url:
        raise BadBrCode(f"scheme in {url!r}")
    account = _field("00", GUI) + _field("25", url)
    return _sealed(_field("01", "12") + _field("26", account), "", receiver, city, NO_TXID)


def composite(*, url: str, recurrence_url: str, receiver: str, city: str) -> str:
    """A code that asks to authorise a recurrence, and to pay a charge where it names one."""
    account = _field("00", GUI) + (_field("25", url) if url else "")
    recurrence = _field("80", _field("00", GUI) + _field("25", recurrence_url))
    head = _field("01", "12") if url else ""
    return _sealed(
        head + _field("26", account), "", receiver, city, NO_TXID, recurrence=recurrence
    )


def parse(payload: str) -> BrCode:
    """Read a code made by anyone. Raises BadBrCode."""
    if (
        not CRC_TAIL.fullmatch(payload[-8:].upper())
        or crc16(payload[:-4]) != payload[-4:].upper()
    ):
        raise BadBrCode("checksum")
    fields = dict(fields_of(payload))
    account, extra = (
        dict(fields_of(fields.get("26", ""))),
        dict(fields_of(fields.get("62", ""))),
    )
    if account.get("00", "").lower() != GUI:
        raise BadBrCode("not Pix")
    return BrCode(
        receiver=fields.get("59", ""),
        city=fields.get("60", ""),
        key=account.get("01"),
        url=account.get("25"),
        recurrence_url=dict(fields_of(fields.get("80", ""))).get("25"),
        amount=_amount(fields.get("54")),
        txid=extra.get("05", NO_TXID),
        text=account.get("02"),
        single_use=fields.get("01") == "12",
    )


def fields_of(text: str) -> list[tuple[str, str]]:
    """The (id, value) pairs of one level. Raises BadBrCode where a length is off."""
    pairs, at = [], 0
    while at < len(text):
        head = text[at : at + 4]
        if not re.fullmatch(r"[0-9]{4}", head):
            raise BadBrCode(f"field at {at}")
        value = text[at + 4 : at + 4 + int(head[2:])]
        if len(value) != int(head[2:]):
            raise BadBrCode(f"field {head[:2]} is cut")
        pairs.append((head[:2], value))
        at += 4 + len(value)
    return pairs


def crc16(text: str) -> str:
    """CRC-16/CCITT-FALSE, as four upper-case hex digits."""
    return f"{binascii.crc_hqx(text.encode(), 0xFFFF):04X}"


def ascii_fold(text: str) -> str:
    """Without accents: bank apps disagree on whether lengths count bytes or characters."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^ -~]+|\s+", " ", folded).strip()


def _sealed(
    account: str, price: str, receiver: str, city: str, txid: str, *, recurrence: str = ""
) -> str:
    body = (
        _field("00", "01")
        + account
        + _field("52", "0000")
        + _field("53", "986")
        + price
        + _field("58", "BR")
        + _field("59", ascii_fold(receiver)[:MAX_NAME].strip())
        + _field("60", ascii_fold(city)[:MAX_CITY].strip())
        + _field("62", _field("05", txid))
        + recurrence
        + "6304"
    )
    if len(body) + 4 > MAX_PAYLOAD:
        raise BadBrCode("too long")
    return body + crc16(body)


def _field(tag: str, value: str) -> str:
    if not value or len(value) > MAX_FIELD or not value.isascii():
        raise BadBrCode(f"field {tag}: {value!r}")
    return f"{tag}{len(value):02d}{value}"


def _amount(text: str | None) -> Money | None:
    if text is None:
        return None
    try:
        return read_valor(text if "." in text else f"{text}.00")
    except ValueError as trouble:
        raise BadBrCode(f"amount {text!r}") from trouble
