"""What the kit's templates load: icons and formats."""

from typing import get_args

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from alicerce.ui import formats
from alicerce.ui.icons import IconName

register = template.Library()

NAMES = frozenset(get_args(IconName))

register.filter("money", formats.money)
register.filter("clock_seconds", formats.clock_seconds)
register.filter("clock_time", formats.clock_time)
register.filter("moment", formats.moment)
register.filter("number", formats.number)
register.filter("percent", formats.percent)


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon of the sprite; size is "", "sm" or "lg"."""
    if name not in NAMES:
        raise template.TemplateSyntaxError(f"no icon named {name!r}")
    classes = f"i i-{size}" if size else "i"
    href = f"{static('ui/icons.svg')}#{name}"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', classes, href
    )
