"""The page that a search leads to, on every surface that has one."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from alicerce.kernel.access import Request
from alicerce.ui.forms import Filters
from alicerce.ui.page import Page
from alicerce.ui.palette import HitGroup, found
from alicerce.ui.panels import EmptyState
from alicerce.ui.shell import ShellName

FEWEST, MOST = 2, 100
EACH = 6
"""How many hits a group shows: who needs more says more."""


def search_page(
    request: Request,
    *,
    surface: ShellName,
    look: Callable[[str], Sequence[HitGroup]],
    label: str,
) -> Page:
    words = request.GET.get("q", "").strip()[:MOST]
    groups = look(words) if len(words) >= FEWEST else []
    return Page(
        _("Busca"),
        surface,
        [
            Filters(request.path, search=words, search_label=label, button=_("Buscar")),
            found(groups, url=request.get_full_path(), empty=_nothing(words)),
        ],
    )


def _nothing(words: str) -> EmptyState:
    if len(words) < FEWEST:
        return EmptyState(
            _("Busque em tudo"), _("Escreva ao menos duas letras."), icon="search"
        )
    return EmptyState(
        _("Nada encontrado"), _("Confira a grafia ou busque por outra parte."), icon="search"
    )
