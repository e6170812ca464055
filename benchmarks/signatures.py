"""Sign and check covenants by turns with pyHanko alone; prints JSON. Started by `signing`."""

import gc
import io
import json
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean, median

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext

from benchmarks.signing import MANY
from thidua.pades.demo_ca import DemoCA, Issued, Wish
from thidua.pades.keys import open_pkcs12
from thidua.pades.marks import Mark, data_lines, set_lines
from thidua.pades.originals import prepare
from thidua.pades.signing import sign_pdf
from thidua.pades.verifying import verify_pdf
from thidua.typesetting.fonts import find_fonts
from thidua.typesetting.official import Header, Official, Paragraph
from thidua.typesetting.sheet import Party

NOW = datetime(2026, 2, 5, 8, 0, tzinfo=UTC)
FONTS = find_fonts()
TIMES, SIX = 15, 6
BOX = (218.0, 96.0)  # points of a field on the sheet
Times = dict[str, list[float]]
WORDS = "Các đơn vị thành viên thống nhất ký giao ước thi đua và cùng nhau thực hiện. " * 12


def original(members: int) -> bytes:
    """Return a covenant of some pages, to be signed by so many."""
    official = Official(
        kind="covenant",
        header=Header("KHỐI THI ĐUA"),
        type_name="BẢN GIAO ƯỚC THI ĐUA",
        title="Năm 2026",
        body=[Paragraph(f"{n}. {WORDS}") for n in range(1, 9)],
        in_decree=False,
    )
    names = [f"Hội số {n} tỉnh Ninh Bình" for n in range(members)]
    parties = [Party(f"ky-{n}", name, ("CHỦ TỊCH",)) for n, name in enumerate(names)]
    return prepare(official, parties, FONTS)


class Signer:
    """One certificate: as ours holds its key, and as pyHanko does."""

    def __init__(self, issued: Issued) -> None:
        data = issued.pkcs12("x")
        self.held = open_pkcs12(data, "x")
        self.bare = SimpleSigner.load_pkcs12_data(data, [], b"x")
        self.mark = Mark(data_lines(self.held.facts, NOW), FONTS)
        self.lines = Path(tempfile.mkdtemp()) / "lines.pdf"
        self.lines.write_bytes(set_lines(self.mark, *BOX))

    def ours(self, pdf: bytes, field: str) -> bytes:
        """Return ``pdf`` as we sign it."""
        return sign_pdf(pdf, self.held, field, self.mark, at=NOW).pdf

    def alone(self, pdf: bytes, field: str) -> bytes:
        """Return ``pdf`` as pyHanko signs it by itself."""
        told = PdfSignatureMetadata(field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
        style = StaticStampStyle.from_pdf_file(str(self.lines), border_width=0)
        signer = PdfSigner(told, self.bare, stamp_style=style)
        made: bytes = signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf))).getvalue()
        return made


def checked_alone(pdf: bytes, root: bytes) -> None:
    """Let pyHanko check every signature of ``pdf`` by itself."""
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(root)], moment=NOW, allow_fetching=False
    )
    found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    if not all(validate_pdf_signature(one, context).bottom_line for one in found):
        raise SystemExit("pyHanko does not find the signatures valid")


def checked(pdf: bytes, root: bytes) -> None:
    """Check every signature of ``pdf`` as we do."""
    if not all(one.is_valid for one in verify_pdf(pdf, [root], at=NOW)):
        raise SystemExit("the signatures are not valid")


def note(times: Times, name: str, act: Callable[[], object]) -> None:
    """Add what ``act`` takes to ``times``."""
    gc.collect()
    start = time.perf_counter()
    act()
    times.setdefault(name, []).append(time.perf_counter() - start)


def signed_by_turns(times: Times, name: str, signers: list[Signer], pdf: bytes) -> None:
    """Time both ways of signing, by turns, with one certificate after the other.

    asn1crypto takes a length that ends in 0x80 for none and then makes all anew, so that some
    certificates take several times longer than others, in either way: the mean is told.
    """
    for n in range(TIMES):
        signer = signers[n % len(signers)]
        note(times, f"sign{name}", lambda: signer.ours(pdf, "ky-0"))  # noqa: B023
        note(times, f"bare sign{name}", lambda: signer.alone(pdf, "ky-0"))  # noqa: B023


def in_turn(signer: Signer, members: int, times: Times | None = None) -> bytes:
    """Return a covenant that so many signed; the first and the last are timed."""
    pdf = original(members)
    for n in range(members):
        before, field = pdf, f"ky-{n}"
        if times is not None and n in (0, members - 1):
            name = "last" if n else "first"
            times[f"{name} size"] = [len(before)]
            for _ in range(TIMES):
                note(times, name, lambda: signer.ours(before, field))  # noqa: B023
        pdf = signer.ours(pdf, field)
    return pdf


def main() -> None:
    """Measure all and print what they came to."""
    ca, times = DemoCA(NOW - timedelta(days=100)), Times()
    weighty = rsa.generate_private_key(65537, 2048)
    light, heavy = (
        [Signer(ca.issue(Wish(f"Nguyễn Văn {n}", "Hội số 1", key=key))) for n in range(5)]
        for key in (None, weighty)
    )
    plain = original(SIX)
    signed_by_turns(times, "", light, plain)
    signed_by_turns(times, " RSA", heavy, plain)
    six, many = in_turn(light[0], SIX), in_turn(light[0], MANY, times)
    for name, pdf, rounds in (("", six, TIMES), (" many", many, 3)):
        for _ in range(rounds):
            note(times, f"verify{name}", lambda: checked(pdf, ca.root))  # noqa: B023
            note(times, f"bare verify{name}", lambda: checked_alone(pdf, ca.root))  # noqa: B023
    told = {name: fmean if "sign" in name else median for name in times}
    print(json.dumps({name: told[name](seconds) for name, seconds in times.items()}))


if __name__ == "__main__":
    main()
