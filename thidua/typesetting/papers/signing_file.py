"""Hồ sơ ký: who signed a paper, in which capacity, how and when, and what happened around it.

Made anew each time it is asked for, since signatures come later than the paper; so it has no
printing of its own, and says which paper it is about by that paper's code and digest.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from thidua.typesetting.official import (
    Annex,
    Block,
    Header,
    Heading,
    Items,
    Official,
    Paragraph,
    Table,
)

FORMAT = "thidua.signing-file/1"
SIGNED = ["TT", "Đơn vị", "Người ký, tư cách ký", "Cách ký", "Lúc ký", "Mã băm đã ký"]
HAPPENED = ["Lúc", "Ai", "Việc"]


@dataclass(frozen=True)
class Signed:
    """One signature, in words; ``at`` is a moment in Asia/Ho_Chi_Minh with its zone (ISO 8601).

    ``proven`` says what its proof came to when the file was made, ``proof`` is the proof itself,
    enough to check it again without us (docs/ways-to-sign.md); both empty where the row is all.
    """

    organization: str
    signer: str
    capacity: list[str]
    authorization: str
    method: str
    legal: str
    at: str
    digest: str
    is_late: bool
    is_illustration: bool
    proven: str = ""
    proof: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Happened:
    """One entry of the trail as a sentence."""

    at: str
    who: str
    organization: str
    what: str


@dataclass(frozen=True)
class SigningFacts:
    """All that the file tells. Moments are ISO 8601; ``missing`` are members without a signature.

    ``head`` is the audit chain's head when the paper was frozen, ``head_now`` when this was made.
    """

    title: str
    of: str
    code: str
    address: str
    digest: str
    is_whole: bool
    state: str
    frozen_at: str
    in_force_at: str
    chain: str
    head: str
    head_now: str
    made_on: date
    made_at: str
    signatures: list[Signed]
    missing: list[str]
    trail: list[Happened]
    printings: dict[str, str] = field(default_factory=dict)
    is_illustration: bool = False


def as_data(facts: SigningFacts) -> dict[str, Any]:
    """Return the file as JSON knows it."""
    data = asdict(facts)
    return {"format": FORMAT, **data, "made_on": facts.made_on.isoformat()}


def compose(facts: SigningFacts) -> Official:
    """Return the file as a paper, with the trail as an annex on its side."""
    return Official(
        kind="signing_file",
        header=Header(body=facts.of.upper()),
        type_name="HỒ SƠ KÝ",
        title=facts.title,
        dated=facts.made_on,
        body=[*_about(facts), Heading("Chữ ký", level="part"), *_signatures(facts)],
        annexes=[_trail(facts)] if facts.trail else [],
        in_decree=False,
        watermark="MINH HỌA" if facts.is_illustration else "",
    )


def _about(facts: SigningFacts) -> list[Block]:
    whole = "còn nguyên như lúc chốt" if facts.is_whole else "KHÔNG còn khớp với lúc chốt"
    lines = [
        f"- Hồ sơ ký của văn bản có mã {facts.code}"
        if facts.code
        else "- Hồ sơ ký của một văn bản chốt khi chưa có mã tra cứu",
        f"- Mã băm SHA-256 của nguyên văn: {facts.digest}; nguyên văn {whole}",
        f"- Tình trạng: {facts.state}",
        f"- Chốt lúc: {_told(facts.frozen_at)}",
    ]
    lines += [f"- Có hiệu lực từ: {_told(facts.in_force_at)}"] if facts.in_force_at else []
    lines += [f"- Mã băm của bản in {form}: {one}" for form, one in facts.printings.items()]
    lines += [
        f"- Đầu chuỗi dấu vết {facts.chain} khi chốt: {facts.head}",
        f"- Đầu chuỗi dấu vết khi lập hồ sơ này, {_told(facts.made_at)}: {facts.head_now}",
    ]
    lines += [f"- Kiểm tra tại: {facts.address}"] if facts.address else []
    return [Paragraph(line, align="left") for line in lines]


def _signatures(facts: SigningFacts) -> list[Block]:
    blocks: list[Block] = []
    if facts.signatures:
        rows = [_row(n, one) for n, one in enumerate(facts.signatures, 1)]
        widths = [1.0, 4, 4, 3.5, 3, 4.5]
        blocks.append(
            Table([SIGNED], rows, widths, ["center", "left", "left", "left", "left", "left"])
        )
        legal = dict.fromkeys(f"- Cách ký “{one.method}”: {one.legal}" for one in facts.signatures)
        blocks += [Heading("Giá trị của chữ ký", level="part"), Items(list(legal))]
    missing = [f"- {name}" for name in facts.missing] or ["- Không còn đơn vị nào."]
    return [*blocks, Heading("Đơn vị chưa ký", level="part"), Items(missing)]


def _row(n: int, one: Signed) -> list[str]:
    who = "\n".join(filter(None, [one.signer, *one.capacity, one.authorization]))
    how = one.method + (" (MINH HỌA)" if one.is_illustration else "")
    how = "\n".join(filter(None, [how, one.proven]))
    at = _told(one.at) + (" (ký sau khi có hiệu lực)" if one.is_late else "")
    return [str(n), one.organization, who, how, at, one.digest]


def _trail(facts: SigningFacts) -> Annex:
    rows = [
        [_told(one.at), "\n".join(filter(None, [one.who, one.organization])), one.what]
        for one in facts.trail
    ]
    table = Table([HAPPENED], rows, [3, 6, 12], ["left", "left", "left"])
    return Annex(title="NHỮNG VIỆC ĐÃ XẢY RA", number="Phụ lục", body=[table], is_wide=True)


def _told(moment: str) -> str:
    """Return an ISO 8601 moment as a person reads it: "08:05:09 ngày 3/9/2026"."""
    day, _t, time = moment.partition("T")
    year, month, number = day.split("-")
    return f"{time[:8]} ngày {int(number)}/{int(month)}/{year}"
