"""One thing to learn: words, and what to type."""

from alicerce.ui.code import CodeBlock
from alicerce.ui.component import Content, Words
from alicerce.ui.layout import Card, Stack
from alicerce.ui.texts import Text


def lesson(title: Words, *told: Words | Content, code: str = "") -> Card:
    """Each of what is told is a paragraph, or something to look at."""
    body: list[Content] = [Text(one) if _is_words(one) else one for one in told if one]
    return Card([Stack([*body, *([CodeBlock(code, title)] if code else [])])], title=title)


def _is_words(one: Words | Content) -> bool:
    return isinstance(one, str)
