"""A page is a title, a shell and components; a view builds one and renders it here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.context_processors import csrf
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string

from alicerce.ui.component import Content, Words, ambient
from alicerce.ui.layout import Breadcrumbs, Crumb, PageHead, PageState
from alicerce.ui.live import LiveRegion, regions
from alicerce.ui.shell import Shell, ShellName
from alicerce.ui.texts import Avatar

RAILED = ("console", "workspace")  # their trail is in the bar at the top


@dataclass(frozen=True)
class Page:
    """`refresh` asks for the whole body again every so many seconds; regions do it alone."""

    title: Words
    shell: ShellName
    body: Sequence[Content]
    lead: Words = ""
    badge: Content = ""
    breadcrumbs: Sequence[Crumb] = ()
    actions: Sequence[Content] = ()
    refresh: int = 0
    width: Literal["", "narrow"] = ""
    status: int = 200

    def head(self, around: str) -> PageHead:
        """One's own account stands in whatever shell is around one's other pages."""
        return PageHead(
            self.title,
            self.lead,
            state=PageState(self.badge) if self.badge else "",
            actions=self.actions,
            breadcrumbs=() if around in RAILED else self.breadcrumbs,
        )

    @property
    def trail(self) -> Breadcrumbs:
        """What the railed shells show in the bar at the top, in place of the head's."""
        return Breadcrumbs(self.breadcrumbs or [Crumb(self.title)])


def render_page(request: HttpRequest, page: Page) -> HttpResponse:
    """The whole page, or only the live region that asked for itself."""
    shell: Shell = import_string(settings.UI_SHELLS[page.shell])(request)
    parts = _parts(page, shell, request.get_full_path())
    with ambient(csrf(request)), timezone.override(shell.time_zone):
        if request.headers.get("HX-Request") == "true":
            return _region(request, page, parts)
        return HttpResponse(_document(request, page, shell, parts), status=page.status)


def _parts(page: Page, shell: Shell, path: str) -> list[Content]:
    content: list[Content] = [page.head(shell.name), *page.body]
    if not page.refresh:
        return content
    return [LiveRegion("pagina", path, page.refresh, content)]


def _region(request: HttpRequest, page: Page, parts: list[Content]) -> HttpResponse:
    """With the badge of the page. A region that is gone means that the page moved on: follow it."""
    wanted = request.headers.get("HX-Target", "").rpartition("#")[2]
    for region in regions(parts):
        if region.id == wanted:
            apart = page.badge and not page.refresh
            state = PageState(page.badge, again=True) if apart else ""
            return HttpResponse(f"{region}{state}")
    return HttpResponse(headers={"HX-Redirect": request.get_full_path()})


def _document(request: HttpRequest, page: Page, shell: Shell, parts: list[Content]) -> str:
    live = [region.every_seconds for region in regions(parts) if region.every_seconds]
    context = {
        "page": page,
        "shell": shell,
        "parts": parts,
        "avatar": Avatar(shell.person.name) if shell.person else "",
        "path": request.get_full_path(),
        "messages": getattr(request, "_messages", ()),
        "poll_seconds": min(live, default=0),
    }
    return render_to_string(shell.template, context, request=request)
