"""Where django-allauth's views meet our pages: it decides, we show."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse

from alicerce.kernel.access import Request
from alicerce.ui.page import Page, render_page


class AsPage:
    """A view of allauth that shows a page of ours in place of its template."""

    request: Request

    def page(self, context: dict[str, Any]) -> Page:
        raise NotImplementedError

    def render_to_response(self, context: dict[str, Any], **options: Any) -> HttpResponse:
        return render_page(self.request, self.page(context))

    def here(self) -> str:
        """This page's own address, with where to go afterwards."""
        wanted = self.request.GET.get("next", "")
        return f"?{urlencode({'next': wanted})}" if wanted else ""
