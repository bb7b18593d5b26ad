"""Bodies that change something: what came, what is to be emptied, and what was left out.

`null` empties what may be empty, and is refused for the rest by the field's own type.
"""

from typing import Annotated, Any

from ninja import Field
from pydantic import AfterValidator

from alicerce.kernel.rest.answers import Row
from alicerce.kernel.rest.routing import Input


def optional(**about: Any) -> Any:
    """A field that may be left out; without a default, for the document not to promise one."""
    return Field(default_factory=_nothing, **about)


def given(change: Input) -> Row:
    """Only what the body named, as it was read."""
    return change.dict(exclude_unset=True)


def blank(value: str | None) -> str:
    """An emptied text is kept as one without letters."""
    return value or ""


Blankable = AfterValidator(blank)
ClearableText = Annotated[str | None, Blankable]


def _nothing() -> None:
    return None
