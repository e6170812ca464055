"""What is known of a paper by its code or digest, and whether a file is unchanged (F3.10, F8.6).

A file is unchanged only if its bytes are those of a kept printing (or of the exact text). Else our
code is looked for in it: so it can be said which paper it was. Nothing of the file is kept.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform as Text
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thidua.documents.codes import codes_in, read_code
from thidua.documents.file_words import Unread, words_of
from thidua.documents.models import CertificateProof, Printing, Signature, Version
from thidua.documents.proving import with_proofs
from thidua.documents.standings import Standing, standing_of
from thidua.files.storage import digest_of

DIGEST = re.compile(r"[0-9a-f]{64}")
MOST_CODES = 50
# The words by which a signing file names the paper that it is about (`papers.signing_file`).
SIGNING_FILE = "Hồ sơ ký của văn bản có mã"
SIGNING_SHEET = "Phiếu ký giấy của văn bản có mã"  # `papers.signing_sheet`
KINDS = {
    "covenant": gettext_lazy("Bản giao ước thi đua"),
    "registration": gettext_lazy("Bản đăng ký thi đua"),
    "plan": gettext_lazy("Kế hoạch"),
    "regulation": gettext_lazy("Quy chế"),
    "scoring_table": gettext_lazy("Bảng điểm"),
    "half_year_report": gettext_lazy("Báo cáo 6 tháng"),
    "year_report": gettext_lazy("Báo cáo năm"),
    "self_score": gettext_lazy("Bảng tự chấm điểm"),
    "cross_check": gettext_lazy("Biên bản kiểm tra chéo"),
    "score_summary": gettext_lazy("Bảng tổng hợp điểm"),
    "result_notice": gettext_lazy("Thông báo kết quả"),
    "reminder": gettext_lazy("Công văn nhắc"),
    "result": gettext_lazy("Kết quả thi đua"),
}
IN_THE_SYSTEM = gettext_lazy(
    "Xác nhận trong hệ thống, không phải chữ ký số: vẫn cần bản giấy hoặc chữ ký số theo quy định "
    "của đơn vị."
)
BY_CERTIFICATE = gettext_lazy(
    "Chữ ký số bằng chứng thư chữ ký số: giá trị của nó theo kết quả kiểm tra chứng thư và dấu "
    "thời gian ghi kèm."
)
LEGAL = {
    Signature.Method.IN_SYSTEM: IN_THE_SYSTEM,
    Signature.Method.SECOND_FACTOR: IN_THE_SYSTEM,
    Signature.Method.PASSKEY: gettext_lazy(
        "Chữ ký điện tử bằng khóa truy cập: cho thấy chính người giữ khóa đồng ý với đúng nguyên "
        "văn này, không thay cho chữ ký số bằng chứng thư."
    ),
    Signature.Method.HELD_KEY: BY_CERTIFICATE,
    Signature.Method.UPLOAD: BY_CERTIFICATE,
    Signature.Method.PAPER: gettext_lazy(
        "Chữ ký tay trên bản giấy, do người thứ hai đối chiếu qua ảnh chụp: bản giấy là bản có giá "
        "trị, cần được giữ lại."
    ),
    Signature.Method.LINK: gettext_lazy(
        "Xác nhận bằng mã gửi tới địa chỉ thư đã đăng ký, không phải chữ ký số: vẫn cần bản giấy "
        "hoặc chữ ký số theo quy định của đơn vị."
    ),
}


@dataclass(frozen=True)
class Known:
    """A paper of ours. Pages show ``version`` and its signatures only to whoever may read it."""

    version: Version
    standing: Standing

    @property
    def kind(self) -> str:
        """What kind of paper it is, in words."""
        return str(KINDS.get(self.version.kind, _("Văn bản")))

    @property
    def symbol(self) -> str:
        """Number and symbol, "" where it has none."""
        number = getattr(self.version, "number", None)
        return str(number.symbol if number else getattr(self.version, "symbol", None) or "").strip()

    @property
    def issuer(self) -> str:
        """The body at the head of the paper."""
        body = getattr(self.version, "body", None) or ""
        return " ".join(str(body).split()) or str(self.version.frozen_for or "")

    @property
    def dated(self) -> date:
        """The day that stands on it, else the day on which it was frozen."""
        day = getattr(self.version, "dated", None)
        if day and day != "null":  # as SQLite tells that the paper bears none
            return date.fromisoformat(day)
        return timezone.localtime(self.version.frozen_at).date()

    @cached_property
    def is_whole(self) -> bool:
        """Whether the kept text is still what was frozen and signed."""
        return self.version.matches

    def signatures(self) -> list[Signature]:
        """Return who signed, in the order of signing (prefetched), with the proofs."""
        return with_proofs(self.version.signatures.all())


def legal_standing(signature: Signature) -> str:
    """Return what a signature of this method is worth before the law (design, part 6)."""
    return str(LEGAL[Signature.Method(signature.method)])


def ways_used(signatures: Iterable[Signature]) -> list[tuple[str, str]]:
    """Return each way by which somebody signed, once, with what it is worth before the law."""
    used = {one.method for one in signatures}
    return [(str(way.label), str(LEGAL[way])) for way in Signature.Method if way in used]


class Verdict(Enum):
    """What can be said of a file."""

    UNCHANGED = "unchanged"
    UNCHANGED_TEXT = "unchanged_text"
    CHANGED = "changed"
    SIGNING_FILE = "signing_file"
    SIGNING_SHEET = "signing_sheet"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Finding:
    """What was found of a file: the verdict, the paper it is or was, why it was not read."""

    verdict: Verdict
    digest: str
    known: Known | None = None
    why: str = ""

    @property
    def sentence(self) -> str:
        """The verdict in plain words."""
        return _SENTENCES[self.verdict]()


def _unreadable() -> str:
    return _(
        "Tệp này không phải đúng nguyên tệp mà hệ thống đã phát hành, và không đọc được nội dung."
    )


_SENTENCES = {
    Verdict.UNCHANGED: lambda: _("Tệp này đúng là tệp đã phát hành, không bị sửa chỗ nào."),
    Verdict.UNCHANGED_TEXT: lambda: _("Tệp này đúng nguyên văn lời của bản đã chốt."),
    Verdict.CHANGED: lambda: _(
        "Tệp này đã bị thay đổi, hoặc do chương trình khác lưu lại. Hãy dùng bản thật."
    ),
    Verdict.SIGNING_FILE: lambda: _(
        "Tệp này là hồ sơ ký, không phải văn bản. Hồ sơ ký được lập lại mỗi lần tải nên không so "
        "từng byte; hãy đối chiếu với trang của văn bản."
    ),
    Verdict.SIGNING_SHEET: lambda: _(
        "Tệp này là phiếu để ký tay, không phải văn bản. Ai đã ký thì xem ở trang của văn bản."
    ),
    Verdict.FOREIGN: lambda: _("Tệp này không phải văn bản do hệ thống này phát hành."),
    Verdict.UNREADABLE: _unreadable,
}


def versions() -> QuerySet[Version]:
    """Return the versions with what a check tells of them, and not the whole of the paper."""
    return (
        Version.objects.defer("official")
        .select_related("withdrawal", "number", "frozen_for")
        .prefetch_related("signatures")
        .annotate(
            body=Text("body", Text("header", "official")),
            symbol=Text("symbol", "official"),
            dated=Text("dated", "official"),
        )
    )


def by_code(typed: str) -> Known | None:
    """Return the paper that bears the code, however it was typed, or has this SHA-256."""
    bare = typed.strip().lower()
    if DIGEST.fullmatch(bare):
        found = versions().filter(digest=bare).order_by("pk").last()
        return known(found) if found else _printed(bare)
    code = read_code(typed)
    found = versions().filter(code=code).first() if code else None
    return known(found) if found else None


def known(version: Version) -> Known:
    """Return what is to be told of a version that `versions` gave."""
    return Known(version, standing_of(version))


def _printed(digest: str) -> Known | None:
    """Return the paper of which this is a kept printing, or a PDF with certificate signatures."""
    printing = Printing.objects.filter(blob__digest=digest).order_by().values("version")
    signed = CertificateProof.objects.filter(blob__digest=digest).order_by().values("version")
    found = versions().filter(pk__in=printing.union(signed)).first()
    return known(found) if found else None


def check_file(file: BinaryIO, path: Path | None = None) -> Finding:
    """Say what the file is. It is read from its beginning; ``path``, if it has one, names it."""
    file.seek(0)
    digest = digest_of(file)
    if paper := _printed(digest):
        return Finding(Verdict.UNCHANGED, digest, paper)
    if text := versions().filter(digest=digest).order_by("pk").last():
        return Finding(Verdict.UNCHANGED_TEXT, digest, known(text))
    why = ""
    try:
        words = words_of(file, path)
    except Unread as trouble:
        words, why = trouble.found, trouble.sentence
    for paper in _named_in(words):
        return Finding(_verdict_on(words, paper.version.shown_code), digest, paper)
    return Finding(Verdict.UNREADABLE if why else Verdict.FOREIGN, digest, why=why)


def _verdict_on(words: str, code: str) -> Verdict:
    """Say whether words that hold the code are about the paper, or are the paper changed."""
    about = {SIGNING_FILE: Verdict.SIGNING_FILE, SIGNING_SHEET: Verdict.SIGNING_SHEET}
    found = (said for said, verdict in about.items() if re.search(rf"{said}\s+{code}", words))
    return about.get(next(found, ""), Verdict.CHANGED)


def _named_in(words: str) -> Iterator[Known]:
    """Yield the papers whose codes stand in the words, in their order."""
    codes = list(islice(codes_in(words), MOST_CODES))
    found = {one.code: one for one in versions().filter(code__in=codes)} if codes else {}
    yield from (known(found[code]) for code in codes if code in found)
