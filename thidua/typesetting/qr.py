"""The picture that leads a phone to the page about a paper."""

import io

import segno


def qr_svg(address: str) -> bytes:
    """Return the code of ``address`` as SVG with a quiet border of 2 modules, black on nothing."""
    out = io.BytesIO()
    _made(address).save(out, kind="svg", border=2, xmldecl=False, svgns=True, nl=False)
    return out.getvalue()


def qr_png(address: str) -> bytes:
    """Return the same as PNG, for Word: 8 pixels a module."""
    out = io.BytesIO()
    _made(address).save(out, kind="png", scale=8, border=2)
    return out.getvalue()


def _made(address: str) -> segno.QRCode:
    """Middle error correction: a fold or a stamp over a part of it is forgiven."""
    return segno.make(address, error="m", micro=False)
