"""One thing to learn: words, and what to type."""

from alicerce.ui.code import CodeBlock
from alicerce.ui.component import Content, Words
from alicerce.ui.layout import Card, Stack
from alicerce.ui.texts import Text


def lesson(title: Words, *told: Content, code: str = "") -> Card:
    """Each of what is told is a paragraph, or something to look at."""
    body: list[Content] = [_paragraph(one) for one in told if one]
    return Card([Stack([*body, *([CodeBlock(code, title)] if code else [])])], title=title)


def _paragraph(one: Content) -> Content:
    return Text(one) if isinstance(one, str) else one
