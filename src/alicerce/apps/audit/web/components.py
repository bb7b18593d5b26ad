"""What the pages of the audit trail are made of."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alicerce.apps.audit.queries import deeds_of, history_of
from alicerce.apps.audit.types import EntryView, Unreadable
from alicerce.apps.audit.web.fields import field_words
from alicerce.apps.audit.web.things import (
    NAMED_BY,
    PEOPLE,
    UrlOf,
    short,
    thing_words,
    uuid_in,
)
from alicerce.apps.audit.web.values import value_words
from alicerce.apps.audit.web.words import action_words
from alicerce.ui.component import Component, Content, Words
from alicerce.ui.layout import Card, Row
from alicerce.ui.panels import Timeline, TimelineItem
from alicerce.ui.places import place_of
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Link, Mono, Text, TimeText

NameOf = Callable[[str], Words]
Names = Mapping[UUID, str]
Address = Callable[..., str]


@dataclass(frozen=True)
class Change:
    """One field. Its words are found while the page is drawn: by then its clock is known."""

    field: str
    was: Mapping[str, Any]
    became: Mapping[str, Any]
    page_of: Callable[[str, Any], Content] | None = None

    @property
    def name(self) -> str:
        return field_words(self.field)

    @property
    def before(self) -> Content:
        return self._shown(self.was)

    @property
    def after(self) -> Content:
        return self._shown(self.became)

    def _shown(self, facts: Mapping[str, Any]) -> Content:
        value = facts.get(self.field)
        thing = self.page_of(self.field, value) if self.page_of else ""
        return thing or value_words(self.field, value, facts)

    @property
    def is_one(self) -> bool:
        """A field that stayed the same says nothing, but what was erased may have changed."""
        was, became = self.was.get(self.field), self.became.get(self.field)
        return was is Unreadable.ERASED or _kept(was) != _kept(became)


@dataclass(frozen=True)
class Changes(Component):
    """What a thing was and what it became, field by field."""

    template = "audit/components/changes.html"

    changes: Sequence[Change]


def changes(
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    page_of: Callable[[str, Any], Content] | None = None,
) -> Changes:
    """Only what differs."""
    was, became = before or {}, after or {}
    found = [Change(name, was, became, page_of) for name in {**was, **became}]
    return Changes([change for change in found if change.is_one])


def _kept(value: Any) -> Any:
    """Nothing, however it was said."""
    return None if value == "" else value


def trail(
    entries: Sequence[EntryView],
    *,
    unsealed: Collection[UUID],
    name_of: NameOf,
    url_of: UrlOf,
    tenants: Names | None,
    here: Address,
    empty: Content,
    newer: str,
    older: str,
) -> Table:
    """With a column for whose entry it is where the companies are named."""
    return Table(
        _("Trilha de auditoria"),
        [
            Column(_("O que foi feito"), "name"),
            Column(_("Selo"), "status"),
            Column(_("Quem")),
            *([Column(_("Empresa"))] if tenants is not None else []),
            Column(_("Mudança")),
            Column(_("Quando")),
        ],
        [
            TableRow(
                [
                    Cell(action_words(entry.action), "", _object(entry, here, name_of, url_of)),
                    seal_badge(is_sealed=entry.id not in unsealed),
                    Cell(
                        name_of(entry.actor),
                        here(pessoa=entry.actor, antes=""),
                        _from_where(entry),
                    ),
                    *([tenants.get(entry.tenant_id, "–")] if tenants is not None else []),
                    changes(entry.before, entry.after, _pages(entry, name_of, url_of)),
                    TimeText(entry.at),
                ],
                id=f"e-{entry.id}",
            )
            for entry in entries
        ],
        empty=empty,
        newer=newer,
        older=older,
    )


def _from_where(entry: EntryView) -> Content:
    if entry.ip is Unreadable.ERASED:
        return Text(_("endereço apagado"), "muted")
    return " · ".join(part for part in (entry.ip, place_of(entry.ip or "")) if part)


def _object(entry: EntryView, here: Address, name_of: NameOf, url_of: UrlOf) -> Content:
    """By its code too: that is what one filters by; and its page, where it has one."""
    key = entry.entity_id
    if key is None:
        return Row([Mono(entry.action), thing_words(entry.entity)])
    is_person = entry.entity == "person"
    words = name_of(f"user:{key}") if is_person else thing_words(entry.entity)
    url = url_of(entry.entity, key, entry.tenant_id)
    thing: Content = Link(words, url) if url else words
    only = Link(short(key), here(objeto=str(key), antes=""))
    return Row([Mono(entry.action), thing, only])


def _pages(
    entry: EntryView, name_of: NameOf, url_of: UrlOf | None = None
) -> Callable[[str, Any], Content]:
    """What stands where a field names another thing: a person by name, what has a page by a link."""

    def page_of(field: str, value: Any) -> Content:
        key = uuid_in(value)
        if key is None:
            return ""
        if field in PEOPLE:
            return str(name_of(f"user:{key}"))
        url = url_of and url_of(NAMED_BY.get(field, ""), key, entry.tenant_id)
        return Link(short(key), url) if url else ""

    return page_of


def seal_badge(*, is_sealed: bool) -> Badge:
    return Badge("ok", _("Selado")) if is_sealed else Badge("", _("Aguarda selo"))


def history(things: Sequence[tuple[str, UUID]], *, name_of: NameOf) -> Card:
    """What happened to these things of the current tenant, the latest first."""
    found = [entry for entity, key in things for entry in history_of(entity, key)]
    found.sort(key=lambda entry: (entry.at, str(entry.id)), reverse=True)
    body: Content = Text(_("Nada registrado ainda."), "muted")
    if found:
        body = Timeline([_item(entry, name_of) for entry in found])
    return Card([body], title=_("Histórico"))


def deeds(actor: str, *, name_of: NameOf) -> Card:
    """What this actor did in the current tenant, and what changed by it."""
    body: Content = Text(_("Nada registrado ainda."), "muted")
    if found := deeds_of(actor):
        items = [
            TimelineItem(
                action_words(entry.action),
                entry.at,
                detail=changes(entry.before, entry.after, _pages(entry, name_of)),
            )
            for entry in found
        ]
        body = Timeline(items)
    return Card([body], title=_("O que fez nesta empresa"))


def _item(entry: EntryView, name_of: NameOf) -> TimelineItem:
    return TimelineItem(action_words(entry.action), entry.at, detail=name_of(entry.actor))
