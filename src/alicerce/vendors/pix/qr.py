"""The QR code of a BR Code, as SVG for pages and PNG for e-mails."""

from io import BytesIO

import segno

QUIET_ZONE = 4


def svg(payload: str, *, title: str) -> str:
    """Inline SVG that scales with its box. It has no style attribute, so the strict CSP lets it be."""
    text: str = _code(payload).svg_inline(
        border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True, svgclass="qr", title=title
    )
    return text


def png(payload: str, *, pixels_per_module: int = 8) -> bytes:
    out = BytesIO()
    _code(payload).save(out, kind="png", border=QUIET_ZONE, scale=pixels_per_module)
    return out.getvalue()


def _code(payload: str) -> segno.QRCode:
    return segno.make(payload, error="m", micro=False, boost_error=False)
