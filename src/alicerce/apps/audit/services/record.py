"""Write down a change."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from alicerce.apps.audit.models import Entry, SubjectKey
from alicerce.apps.audit.queries import keys
from alicerce.apps.audit.rules.codes import Keys, authenticate, entry_words
from alicerce.apps.audit.rules.hashing import CONCEALED, leaf_digest
from alicerce.apps.audit.rules.keeping import visitors_of
from alicerce.apps.audit.types import Note, Personal
from alicerce.kernel.context import current, current_tenant_id
from alicerce.kernel.db import in_transaction

Values = Mapping[str, Any]
KeyOf = Callable[[str], SubjectKey]


def record(
    *,
    action: str,
    entity: str,
    entity_id: UUID | None = None,
    before: Values | None = None,
    after: Values | None = None,
    at: datetime,
) -> None:
    """Write down a change, in the transaction that makes it. Never give it a secret.

    What tells something of somebody is given as Personal: it is erased with its subject's key.
    """
    record_all(notes=[Note(action, entity, entity_id, before, after)], at=at)


def record_all(*, notes: Sequence[Note], at: datetime) -> None:
    """The same for many changes of one moment, in one statement."""
    if not in_transaction():
        actions = ", ".join(sorted({note.action for note in notes}))
        raise AssertionError(f"{actions} recorded outside of the transaction that does it")
    key_of, codes = cache(SubjectKey.objects.of), keys()
    Entry.write([_entry(note, key_of, codes, at) for note in notes])


def _entry(note: Note, key_of: KeyOf, codes: Keys, at: datetime) -> Entry:
    who = current()
    entry = Entry(
        tenant_id=current_tenant_id(),
        at=at,
        actor=who.signature,
        action=note.action,
        entity=note.entity,
        entity_id=note.entity_id,
        trace_id=who.trace_id,
        format=CONCEALED,
    )
    _say_what(entry, note, key_of)
    _say_from_where(entry, who.ip, {**(note.before or {}), **(note.after or {})}, key_of)
    entry.mac = authenticate(entry_words(leaf_digest(entry.content())), codes)
    return entry


def _say_what(entry: Entry, note: Note, key_of: KeyOf) -> None:
    for column, values in (("before", note.before), ("after", note.after)):
        if values is not None:
            kept = {
                name: _kept(entry, f"{column}.{name}", key_of, values[name]) for name in values
            }
            setattr(entry, column, _plain(kept))


def _kept(entry: Entry, field: str, key_of: KeyOf, value: Any) -> Any:
    if isinstance(value, Personal):
        return key_of(value.of).conceal(value.value, entry.place(field))
    return value


def _say_from_where(entry: Entry, ip: str | None, values: Values, key_of: KeyOf) -> None:
    """The address of a person is theirs; that of a provider's machine is nobody's."""
    subject = _whose_address(entry, values)
    if ip and subject:
        entry.address = key_of(subject).conceal(ip, entry.place("address"))
    else:
        entry.address = ip


def _whose_address(entry: Entry, values: Values) -> str | None:
    """A visitor is whom the entry is about, if it says so; else they are one of that month's."""
    if entry.actor.startswith("user:"):
        return entry.actor.partition(" ")[0]  # the one who acts, whoever it is for
    if entry.actor != "visitor":
        return None
    about = (value.of for value in values.values() if isinstance(value, Personal))
    return next(about, visitors_of(entry.at))


def _plain(values: Values) -> Any:
    """The values in types that JSON keeps exactly, so that the digest can be computed again.

    The database writes a float in its own way: it is kept as its text.
    """
    text = json.dumps(dict(values), default=_said)
    return json.loads(text, parse_float=str, parse_constant=str)


def _said(value: object) -> str:
    if isinstance(value, Personal):
        raise TypeError("a personal value stands by itself, not within another")
    return str(value)
