"""What came into a PDF after a signature: each revision is held against the one before it.

pyHanko holds every signature's revision against every later one, which takes the square of their
number (300 comparisons for 25 signers). Each step being harmless, all of them together are: a
step may only fill what was empty, and nothing that an earlier one filled.
"""

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    ModificationLevel,
    StandardDiffPolicy,
    SuspiciousModification,
)
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

# What pyHanko raises at a file that nobody should have to read.
UNREADABLE = (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


def forbidden_steps(
    reader: PdfFileReader, first: int, policy: StandardDiffPolicy = DEFAULT_DIFF_POLICY
) -> dict[int, str]:
    """Return the revisions from ``first`` on (from 0) that what follows them changes unlawfully.

    The value is pyHanko's word about it. Lawful are signatures, stamps, validation data.
    """
    found = {}
    for number in range(first, reader.xrefs.total_revisions - 1):
        old, new = (reader.get_historical_resolver(one) for one in (number, number + 1))
        try:
            level = policy.apply(old, new).modification_level
            if level > ModificationLevel.FORM_FILLING:
                found[number] = str(level)
        except SuspiciousModification as change:
            found[number] = str(change)
        except UNREADABLE as trouble:
            found[number] = repr(trouble)
    return found


def has_rules_of_its_own(one: EmbeddedPdfSignature) -> bool:
    """Say whether a signature locks fields or the document: then pyHanko's own way is taken."""
    return one.docmdp_level is not None or one.fieldmdp is not None
