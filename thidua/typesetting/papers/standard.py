"""Lines that many papers have: who gets them, and how a bloc's paper is signed."""

from datetime import date

from thidua.typesetting.papers.wording import day_words

LEAD_HEADS = "LÃNH ĐẠO ĐƠN VỊ"


def recipients_of_member(leader: str, leader_noun: str, manager: str) -> list[str]:
    """Return who gets a member's paper: the lead ("" for none), the managing body, the archive."""
    lead = [f"{leader} ({leader_noun})"] if leader else []
    return [*lead, manager, "Lưu: VT"]


def recipients_of_bloc(bloc: str, manager: str) -> list[str]:
    """Return who gets a bloc's paper: the managing body, the members, the archive."""
    return [manager, all_members(bloc), "Lưu: VT"]


def recipients_of_letter(manager: str) -> list[str]:
    """Return who gets a công văn: those it is addressed to, the managing body, the archive."""
    return ["Như trên", manager, "Lưu: VT"]


def all_members(bloc: str) -> str:
    """Return how all members of a bloc are addressed at once."""
    return f"Các đơn vị thành viên {bloc}"


def for_the_bloc(noun: str, leader_noun: str, capacity: list[str]) -> list[str]:
    """Return the lines above a signature for a bloc, ``capacity`` being those of its own unit.

    A bloc has no body of its own that could be named beside it: a "TM." line gives way.
    """
    own = [line for line in capacity if not line.startswith("TM.")]
    return [f"TM. {noun} THI ĐUA".upper(), leader_noun.upper(), *own]


def founded_by(number: str, day: date | None, by: str, bloc: str) -> list[str]:
    """Return the căn cứ of the decision that founded a bloc, or nothing while its number is not
    known."""
    if not number:
        return []
    dated = f" {day_words(day)}" if day else ""
    of = f" của {by}" if by else ""
    return [f"Căn cứ Quyết định số {number}{dated}{of} về việc thành lập {bloc};"]
