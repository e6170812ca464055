"""An increment of a PDF: what is written behind its bytes, and nothing that is not asked for.

pyHanko's own writer notes the time of each change in the file's metadata, and raises the version
to 2.0 for EC keys: the first would make two runs differ, the second would break PDF/A-2.
"""

import hashlib
import io

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError

from thidua.pades.reasons import SigningFailed

# PAdES' own extension of PDF 1.7 (ETSI EN 319 142-1, 5.2): what all but 2.0's are.
KEPT_EXTENSIONS = frozenset({"/ESIC"})


class Increment(IncrementalPdfFileWriter):
    """Writes behind ``pdf``. The same things written behind the same bytes are the same bytes."""

    def __init__(self, pdf: bytes, *, salt: bytes = b"") -> None:
        super().__init__(io.BytesIO(pdf))
        changed = hashlib.sha256(salt + pdf).digest()[:16]
        self._document_id[1] = generic.ByteStringObject(changed)

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        """Leave the version as it is: all that we write is known to PDF 1.7."""

    def register_extension(self, ext: object) -> None:
        """Name no extension of PDF 2.0: such a name would ask for its version."""
        if getattr(ext, "prefix_name", None) in KEPT_EXTENSIONS:
            super().register_extension(ext)  # type: ignore[arg-type]

    def _update_meta(self) -> None:
        """Leave the metadata as it is: it tells when the paper was set."""

    def written(self) -> bytes:
        """Return the old bytes with the new ones behind them."""
        out = io.BytesIO()
        self.write(out)
        return out.getvalue()


def increment_of(pdf: bytes, *, salt: bytes = b"") -> Increment:
    """Return a writer behind ``pdf``. Raises `SigningFailed` ("damaged") where it is no PDF."""
    try:
        return Increment(pdf, salt=salt)
    except (PdfError, ValueError, TypeError, KeyError, RecursionError) as trouble:
        raise SigningFailed("damaged", repr(trouble)) from trouble
