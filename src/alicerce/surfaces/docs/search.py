"""The search of the documentation: operations, errors, events and guides, in one small index."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.endpoints import public as endpoints
from alicerce.kernel.access import Request, public_page
from alicerce.surfaces.api.document import document
from alicerce.surfaces.docs.pages import reasons
from alicerce.surfaces.docs.search_box import what_to_write
from alicerce.surfaces.docs.trail import crumbs
from alicerce.surfaces.searching import search_page
from alicerce.ui.page import render_page
from alicerce.ui.palette import Hit, HitGroup

MOST = 12
"""How many hits a group shows: whoever writes a program looks through more than one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something one may look for; `said` is all that is said of it, folded."""

    hit: Hit
    said: str


@public_page
@require_safe
def search(request: Request) -> HttpResponse:
    page = search_page(request, surface="site", look=_groups, label=what_to_write())
    return render_page(request, replace(page, breadcrumbs=crumbs(_("Busca"))))


def _groups(words: str) -> list[HitGroup]:
    wanted = _fold(words).split()
    return [
        HitGroup(title, _best(entries, wanted))
        for title, entries in _index(get_language() or "pt-br")
    ]


def _best(entries: list[Entry], wanted: list[str]) -> list[Hit]:
    """What says every word; first what is called by them."""
    found = [entry.hit for entry in entries if all(word in entry.said for word in wanted)]
    return sorted(found, key=lambda hit: not _is_called(hit, wanted))[:MOST]


def _is_called(hit: Hit, wanted: list[str]) -> bool:
    name = _fold(f"{hit.label} {hit.detail}")
    return all(word in name for word in wanted)


@cache
def _index(language: str) -> list[tuple[str, list[Entry]]]:
    """Made once for each language: nothing in it changes while the program runs."""
    return [
        (_("Operações"), list(_operations(language))),
        (_("Eventos"), list(_events())),
        (_("Erros"), list(_errors())),
        (_("Guias"), list(_guides())),
    ]


def _operations(language: str) -> Iterator[Entry]:
    page = reverse("docs:reference")
    for path, methods in document(language)["paths"].items():
        for method, node in methods.items():
            operation_id, (tag, *_more) = node["operationId"], node["tags"]
            url = f"{page}#tag/{tag}/operation/{operation_id}"
            label, detail = f"{method.upper()} {path}", f"{node['summary']} · {operation_id}"
            names = " ".join(each["name"] for each in node["parameters"])
            yield _entry(Hit(label, url, "code-xml", detail), node["description"], names)


def _events() -> Iterator[Entry]:
    page = reverse("docs:webhooks")
    for event in endpoints.offered():
        yield _entry(Hit(event.type, f"{page}#{event.type}", "webhook", event.description))


def _errors() -> Iterator[Entry]:
    page = reverse("docs:errors")
    for status, code, told in sorted(reasons()):
        url = f"{page}#{code}"
        yield _entry(Hit(f"{status} {code}", url, "triangle-alert", told))


def _guides() -> Iterator[Entry]:
    for title, view, told in (
        (_("Comece pela API"), "start", _("Da chave ao primeiro serviço, em poucos minutos.")),
        (_("Webhooks"), "webhooks", _("Registrar um endereço e conferir a assinatura.")),
        (_("Aplicativos"), "apps", _("OAuth 2.1 com PKCE, e client credentials.")),
        (_("Novidades da API"), "news", _("Versões, e o que mudou em cada uma.")),
    ):
        yield _entry(Hit(title, reverse(f"docs:{view}"), "book-open", told))


def _entry(hit: Hit, *said: str) -> Entry:
    return Entry(hit, _fold(" ".join([str(hit.label), str(hit.detail), *said])))


def _fold(text: str) -> str:
    """Without capitals and accents."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()
