"""Our identifiers of charges at the PSP."""

import hashlib
import string

ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
LENGTH = 32


def txid_for(*parts: object) -> str:
    """The same parts always give the same txid, so a repeated request cannot make a second charge."""
    text = "\x1f".join(map(str, parts))
    number = int.from_bytes(hashlib.sha256(text.encode()).digest())
    digits = []
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(digits)
