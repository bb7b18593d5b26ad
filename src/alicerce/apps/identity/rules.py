"""How fast one may guess, and how long one stays signed in. Pure functions."""

import unicodedata
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from itertools import accumulate

from alicerce.apps.identity.types import SessionLimits
from alicerce.kernel.ratelimit import Quota

FIVE_MINUTES = timedelta(minutes=5)

SIGN_IN = Quota("sign-in", 10, FIVE_MINUTES)
SIGN_IN_EVERYBODY = Quota("sign-in of everybody", 1000, FIVE_MINUTES)
SIGN_UP = Quota("sign-up", 10, timedelta(hours=1))
SECOND_FACTOR = (
    Quota("second factor, burst", 5, FIVE_MINUTES),
    Quota("second factor, hour", 20, timedelta(hours=1)),
    Quota("second factor, day", 50, timedelta(days=1)),
)
SAME_CODE = Quota("second factor, same code", 1, timedelta(minutes=2))
CODE = Quota("code by e-mail", 5, FIVE_MINUTES)
RESET = Quota("password reset", 5, timedelta(days=1))
RESET_ADDRESS = Quota("password reset from an address", 20, timedelta(days=1))
EMAIL_CHANGE = Quota("e-mail change", 5, FIVE_MINUTES)

STAFF = SessionLimits(idle=timedelta(minutes=30), absolute=timedelta(hours=12))
CLIENT = SessionLimits(idle=timedelta(hours=12), absolute=timedelta(days=30))
PROOF_LASTS = FIVE_MINUTES
PROOF_CODE_LASTS, PROOF_CODE_TRIES = timedelta(minutes=15), 3

DEVICE_LINK_LASTS = timedelta(hours=72)
DEVICE_LETTERS, DEVICE_LETTERS_EACH = 5, timedelta(days=1)
DEVICE_REMEMBERED = timedelta(days=180)
DEVICE_FIRST_WITHIN = timedelta(days=1)

IMPERSONATION_LASTS = timedelta(minutes=30)
CONSENT_LASTS = timedelta(hours=24)
KEPT_IN_PLACE_OF = frozenset(
    {
        "audit:read",
        "billing:read",
        "client:area",
        "client:billing",
        "client:services",
        "customers:create",
        "customers:read",
        "customers:update",
        "dns:read",
        "dns:write",
        "events:read",
        "members:read",
        "orders:read",
        "servers:read",
        "services:create",
        "services:operate",
        "services:read",
        "support:read",
        "support:write",
        "webhooks:read",
        "workspace:enter",
    }
)
"""What of the other person's rights works in their place; what is not here, and all that will ever
be added, does not: accounts, keys, secrets, exports, roles, who pays, standing in for a third."""


OUR_WORDS = ("alicerce", "cpanel", "hospedagem", "hosting", "senha", "password")
"""Words of the program itself that nobody's password may lean on; people and companies add theirs."""
SHORTEST_WORD, LEAST_OF_ONES_OWN = 4, 6
DISGUISES = str.maketrans("013457@$", "oieastas")


def leans_on(password: str, texts: Iterable[str]) -> bool:
    """Whether hardly anything is left of it without the words that anybody here could guess."""
    words = {word for text in texts for word in _words(text)}
    plain = "".join(_words_of(password))
    return any(_left(form, words) for form in (plain, plain.translate(DISGUISES)))


def _left(password: str, words: Collection[str]) -> bool:
    rest = password
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != password and len(rest) < LEAST_OF_ONES_OWN


def _words(text: str) -> Iterable[str]:
    """Each word of a name, and the first ones run together."""
    apart = _words_of(text.replace("@", " "))
    return [word for word in (*apart, *accumulate(apart)) if len(word) >= SHORTEST_WORD]


def _words_of(text: str) -> list[str]:
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()
    return "".join(sign if sign.isalnum() or sign in "@$" else " " for sign in bare).split()


def kept_in_place_of(permissions: frozenset[str]) -> frozenset[str]:
    return permissions & KEPT_IN_PLACE_OF


def session_limits(
    *, is_staff: bool, idle: Collection[int] = (), absolute: Collection[int] = ()
) -> SessionLimits:
    """What the platform allows; companies and their roles may only shorten it, by minutes."""
    limits = STAFF if is_staff else CLIENT
    return SessionLimits(_shortest(limits.idle, idle), _shortest(limits.absolute, absolute))


def _shortest(most: timedelta, minutes: Collection[int]) -> timedelta:
    return min([most, *(timedelta(minutes=each) for each in minutes)])


def has_lapsed(
    limits: SessionLimits, *, began_at: datetime, seen_at: datetime, at: datetime
) -> bool:
    return at - seen_at > limits.idle or at - began_at > limits.absolute


def is_just_made(created_at: datetime, *, at: datetime) -> bool:
    """Whether who signs in first can hardly be anybody but who the account was made for."""
    return at - created_at <= DEVICE_FIRST_WITHIN


def is_fresh(proven_at: datetime | None, *, at: datetime) -> bool:
    """Whether who proved themselves then still counts as proven."""
    return proven_at is not None and at - proven_at <= PROOF_LASTS
