"""Actors of the audit trail by the names people know."""

from collections.abc import Callable
from functools import cache, partial
from uuid import UUID

from django.utils.translation import gettext as _

from alicerce.apps.audit import public as audit
from alicerce.apps.developers import public as developers
from alicerce.apps.identity import public as identity


def names(*, of_jobs: bool = False) -> Callable[[str], str]:
    """For one page: each person is asked for once. Which job it was, only who operates wants to know."""
    return cache(partial(_name_of, of_jobs=of_jobs))


def _name_of(signature: str, *, of_jobs: bool) -> str:
    """Both people of what was done in somebody's place."""
    actor, _for, subject = signature.partition(" for user:")
    if actor.startswith("job:") and not of_jobs:
        return _("Automático")
    if not subject:
        return _name_of_one(actor)
    named = {"actor": _name_of_one(actor), "subject": _person(subject)}
    return _("%(actor)s no lugar de %(subject)s") % named


def _name_of_one(actor: str) -> str:
    kind, _colon, rest = actor.partition(":")
    if kind == "user":
        return _person(rest)
    if kind == "key":
        return _program(rest, _("Chave %(name)s"), _("Chave da API"))
    if kind == "app":
        return _program(rest, _("Aplicativo %(name)s"), _("Aplicativo"))
    if kind == "job":
        return _("Sistema, ao %(work)s") % {"work": audit.job_words(rest)}
    return {"system": _("Sistema"), "visitor": _("Visitante")}.get(actor, actor)


def _program(caller_id: str, named: str, unnamed: str) -> str:
    """By its name where the company of the page knows it."""
    try:
        name = developers.caller_name(UUID(caller_id))
    except ValueError:
        return unnamed
    return named % {"name": name} if name else unnamed


def _person(user_id: str) -> str:
    try:
        person = identity.person(UUID(user_id))
    except ValueError:
        return user_id
    return (person.name or person.email) if person else _("Pessoa desconhecida")
