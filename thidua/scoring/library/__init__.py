"""Ready tables: what the research found of real ones, with source and gaps. Pure data.

Nothing is invented: a row whose name the source does not give says so, and what could not be read
stands in the table's remark. A table of our own making is `Completeness.SYNTHETIC`.
"""

from thidua.scoring.library.composite import COMPOSITE
from thidua.scoring.library.provinces import HO_CHI_MINH, HUE, KIEN_GIANG
from thidua.scoring.library.shapes import Completeness, ReadyTable, Row, walk
from thidua.scoring.library.unions import CCB, DOAN, DONG_NAI, TAY_NGUYEN

__all__ = ["READY", "Completeness", "ReadyTable", "Row", "walk"]

READY: dict[str, ReadyTable] = {
    table.code: table
    for table in (KIEN_GIANG, HUE, HO_CHI_MINH, DOAN, TAY_NGUYEN, DONG_NAI, CCB, COMPOSITE)
}
