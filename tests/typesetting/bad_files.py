"""PDFs and Word files that nobody should have to open: made here, not kept."""

import io
import zipfile
import zlib

import pikepdf


def _pdf(things: list[bytes]) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, thing in enumerate(things, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(things) + 1
    ending = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + ending


def pdf_of(content: bytes, *, filters: bytes = b"/FlateDecode") -> bytes:
    """Return a PDF of one page whose ``content`` is already packed as ``filters`` say."""
    font = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>>>"
    return _pdf(
        [
            *_one_page(b"/Resources" + font),
            b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(content), filters, content),
        ]
    )


def _one_page(resources: bytes) -> list[bytes]:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s>>" % resources
    return [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page]


def bomb(megabytes: int = 2048) -> bytes:
    """Return a few kilobytes that ask for ``megabytes``: packed twice, one block over and over."""
    packer = zlib.compressobj(9)
    start = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    return pdf_of(
        zlib.compress(start + block * (megabytes - 1), 9), filters=b"/FlateDecode/FlateDecode"
    )


def endless() -> bytes:
    """Return a small file that draws nothing for minutes: a long form, used a hundred times."""
    content = b"/X Do " * 100
    packed = zlib.compress(b"0 0 m 1 1 l n " * 1_000_000, 1)
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Filter/FlateDecode/Length %d>>stream\n"
    return _pdf(
        [
            *_one_page(b"/Resources<</XObject<</X 5 0 R>>>>"),
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
            form % len(packed) + packed + b"\nendstream",
        ]
    )


def encrypted(plain: bytes) -> bytes:
    """Return ``plain`` as a PDF that opens with a password only."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="mật khẩu", owner="chủ"))
    return out.getvalue()


def zip_bomb(name: str = "word/document.xml") -> bytes:
    """Return a Word file whose text is 60 MB of spaces."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        package.writestr("[Content_Types].xml", f"<Types>{kind}</Types>")
        with package.open(name, "w") as part:
            for _ in range(60):
                part.write(b" " * 2**20)
    return out.getvalue()
