"""Secrets that programs carry: made by chance, known by their shape, kept as a digest."""

from hashlib import sha256
from secrets import choice
from string import ascii_letters, digits
from zlib import crc32

ALPHABET = digits + ascii_letters
RANDOM = 33  # of 62 signs: 196 bits
CHECK = 6


def new_token(prefix: str) -> str:
    """One that nobody guesses, and whose typos and look-alikes are seen without a database."""
    body = prefix + "".join(choice(ALPHABET) for _ in range(RANDOM))
    return body + checksum(body)


def is_token(text: str, *prefixes: str) -> bool:
    """Whether it is of our making, and begins with one of these."""
    prefix, signs = text[: -RANDOM - CHECK], text[-RANDOM - CHECK :]
    if prefix not in prefixes or not (signs.isascii() and signs.isalnum()):
        return False
    return checksum(text[:-CHECK]) == text[-CHECK:]


def checksum(body: str) -> str:
    """CRC-32 in six base-62 signs: secret scanners verify it without asking us."""
    number, signs = crc32(body.encode()), ""
    for _ in range(CHECK):
        number, rest = divmod(number, len(ALPHABET))
        signs = ALPHABET[rest] + signs
    return signs


def digest(secret: str) -> str:
    """What is stored. 196 random bits need no salt and no slow hash."""
    return sha256(secret.encode()).hexdigest()
