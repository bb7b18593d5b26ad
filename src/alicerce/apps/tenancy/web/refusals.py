"""How the pages of a company answer when something is refused."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404

from alicerce.kernel.access import Request
from alicerce.kernel.errors import Refused

FORBIDDEN, ABSENT = 403, 404


@contextmanager
def explained(request: Request, done: str = "") -> Iterator[None]:
    """Say what was done, or why it was not; what is forbidden or absent answers so."""
    try:
        yield
    except Refused as refused:
        if refused.status == FORBIDDEN:
            raise PermissionDenied(refused.code) from refused
        if refused.status == ABSENT:
            raise Http404 from refused
        messages.error(request, str(refused))
    else:
        if done:
            messages.success(request, done)
