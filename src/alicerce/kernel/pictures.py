"""Pictures that strangers send: what they are is read from their bytes, and only what draws is kept.

A PNG is written anew from the chunks that make it; an SVG from a list of shapes and colors. What runs, loads
or links is not on the list, so there is nothing to look for.
"""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from struct import unpack
from typing import ClassVar, Literal
from xml.etree import ElementTree as ET
from xml.parsers import expat

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused
from alicerce.kernel.png import SIGNATURE, BadPng, TooManyPixels, redrawn

LARGEST = 100 * 1024
"""Bytes of a file."""
LONGEST_SIDE = 1200
"""Pixels."""
MOST_ELEMENTS, DEEPEST, MOST_CLIPPED = 2000, 20, 20
SVG = "http://www.w3.org/2000/svg"
SHAPES = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "defs",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "title",
    ]
)
DRAWS = frozenset(
    [
        "viewBox",
        "width",
        "height",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "d",
        "points",
        "transform",
        "id",
        "fill",
        "stroke",
        "opacity",
        "fill-rule",
        "clip-rule",
        "clip-path",
        "fill-opacity",
        "stroke-opacity",
        "stroke-width",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-dashoffset",
        "offset",
        "stop-color",
        "stop-opacity",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "clipPathUnits",
        "preserveAspectRatio",
    ]
)
STYLED = frozenset(name for name in DRAWS if "-" in name) | {"fill", "stroke", "opacity"}
PLAIN, HERE = re.compile(r"[\w\s.,#%()+\-]*"), re.compile(r"url\(#[\w\-]+\)")
NUMBER = r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)"
LENGTH = re.compile(NUMBER + "(?:px|pt|pc|mm|cm|in|em|ex|%)?")
BOX = re.compile(r"[\s,]+".join([NUMBER.replace("(", "(?:", 1)] * 2 + [NUMBER] * 2))
FIGURES = re.compile(r"[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?")
SMALLEST, HUGEST = 0.001, 1e6


class NotAPicture(Refused):
    code: ClassVar[str] = "not_a_picture"
    status: ClassVar[int] = 422
    message: ClassVar[str | Promise] = _(
        "O arquivo não é um PNG ou SVG que se possa ler por inteiro."
    )


class PictureTooLarge(Refused):
    code: ClassVar[str] = "picture_too_large"
    status: ClassVar[int] = 422
    message: ClassVar[str | Promise] = _("A imagem passa de 100 KB ou de 1200 pontos de lado.")


@dataclass(frozen=True, slots=True)
class Picture:
    kind: Literal["png", "svg"]
    body: bytes


def cleaned(raw: bytes) -> Picture:
    """The same picture with nothing else in it. Raises NotAPicture, PictureTooLarge."""
    if len(raw) > LARGEST:
        raise PictureTooLarge
    if raw.startswith(SIGNATURE):
        return Picture("png", _png(raw))
    return Picture("svg", _svg(raw))


def as_svg(picture: Picture) -> str:
    """For who draws SVG alone: a PNG stands in one, as it is."""
    if picture.kind == "svg":
        return picture.body.decode()
    width, height = unpack(">II", picture.body[16:24])
    inside = b64encode(picture.body).decode()
    return (
        f'<svg xmlns="{SVG}" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{inside}"/></svg>'
    )


def _png(raw: bytes) -> bytes:
    try:
        return redrawn(raw, longest_side=LONGEST_SIDE)
    except TooManyPixels:
        raise PictureTooLarge from None
    except BadPng:
        raise NotAPicture from None


def _svg(raw: bytes) -> bytes:
    root = _parsed(raw)
    if root.tag != f"{{{SVG}}}svg":
        raise NotAPicture
    drawn = _drawn(root)
    drawn.set("xmlns", SVG)
    _check_size(drawn)
    written: bytes = ET.tostring(drawn, encoding="utf-8")
    clipped = sum("clip-path" in each.attrib for each in drawn.iter())
    if len(written) > LARGEST or clipped > MOST_CLIPPED:
        raise PictureTooLarge
    return written


def _check_size(drawn: ET.Element) -> None:
    """Some size that can be drawn: who prints stops at a picture of none."""
    for name, is_good in (("viewBox", _is_box), ("width", _is_length), ("height", _is_length)):
        if name in drawn.attrib and not is_good(drawn.attrib[name]):
            del drawn.attrib[name]
    if "viewBox" not in drawn.attrib and not {"width", "height"} <= drawn.attrib.keys():
        raise NotAPicture


def _is_box(said: str) -> bool:
    told = BOX.fullmatch(said.strip())
    return told is not None and all(SMALLEST <= float(side) <= HUGEST for side in told.groups())


def _is_length(said: str) -> bool:
    told = LENGTH.fullmatch(said.strip())
    return told is not None and SMALLEST <= float(told[1]) <= HUGEST


class _Builder(ET.TreeBuilder):
    """Refuses what is too much while it is read, and every declaration that could define entities."""

    def __init__(self) -> None:
        super().__init__()
        self.elements = self.depth = 0

    def start(self, tag: str, attrs: Mapping[str, str]) -> ET.Element:
        self.elements += 1
        self.depth += 1
        if self.elements > MOST_ELEMENTS or self.depth > DEEPEST:
            raise PictureTooLarge
        return super().start(tag, dict(attrs))

    def end(self, tag: str) -> ET.Element:
        self.depth -= 1
        return super().end(tag)


def _parsed(raw: bytes) -> ET.Element:
    if not _is_utf8(raw):
        raise NotAPicture
    if b"<!DOCTYPE" in raw.upper() or b"<!ENTITY" in raw.upper():
        raw = _without_doctype(raw)
    parser = ET.XMLParser(target=_Builder(), encoding="utf-8")  # noqa: S314  without a DOCTYPE there is nothing to expand
    try:
        parser.feed(raw)
        root: ET.Element = parser.close()
    except (ET.ParseError, expat.ExpatError, ValueError, LookupError):
        raise NotAPicture from None
    return root


def _is_utf8(raw: bytes) -> bool:
    """In other letters a declaration would not be seen; those of two bytes have a zero in each."""
    try:
        return "\0" not in raw.decode()
    except UnicodeDecodeError:
        return False


def _without_doctype(raw: bytes) -> bytes:
    """Drawing programs write one that only names the format; one that defines anything is refused."""
    plain, found = re.subn(rb"<!DOCTYPE[^\[<>]*>", b"", raw, count=1, flags=re.IGNORECASE)
    if not found or b"<!" in plain.upper().replace(b"<!--", b""):
        raise NotAPicture
    return plain


def _drawn(given: ET.Element, *, is_clip: bool = False) -> ET.Element:
    """The element with what draws of it, and so its children. Clips clip nothing: they would double at each step."""
    made = ET.Element(_local(given.tag))
    is_clip = is_clip or made.tag == "clipPath"
    allowed = DRAWS - {"clip-path"} if is_clip else DRAWS
    for name, value in {**given.attrib, **_styles(given.get("style", ""))}.items():
        if name in allowed and _is_plain(value):
            made.set(name, value)
    if made.tag == "title":
        made.text = given.text
    own = (child for child in given if _local(child.tag) in SHAPES)
    made.extend(_drawn(child, is_clip=is_clip) for child in own)
    return made


def _is_plain(value: str) -> bool:
    """Numbers, words and colors, or something in this picture: a name alone may be of a file beside it."""
    if HERE.fullmatch(value):
        return True
    return bool(PLAIN.fullmatch(value)) and "url" not in value.lower() and _is_near(value)


def _is_near(value: str) -> bool:
    """Who prints gives up at numbers that no drawing has. Colors are written as if they were some."""
    numbers = [] if value.startswith("#") else FIGURES.findall(value)
    return all(float(number) <= HUGEST for number in numbers)


def _styles(words: str) -> dict[str, str]:
    """Colors and strokes that a program wrote as a style."""
    pairs = (part.partition(":") for part in words.split(";"))
    said = {name.strip(): value.strip() for name, _colon, value in pairs}
    return {name: value for name, value in said.items() if name in STYLED}


def _local(tag: object) -> str:
    """Only what belongs to the format has a name here; comments have none."""
    said = tag if isinstance(tag, str) else ""
    return said.removeprefix(f"{{{SVG}}}") if said.startswith(f"{{{SVG}}}") else ""
