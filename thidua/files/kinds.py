"""What a content is, read from its own first bytes; never from its name or from the browser.

A table of our own: the accepted kinds are few, Word, Excel and PowerPoint show only inside their
container (`packages`, `compounds`), and a refusal has to say in plain words what was found.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
HEAD = 4096
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class Kind:
    """An accepted kind. Of one family are kinds whose suffixes people mix up without harm."""

    media_type: str
    suffixes: tuple[str, ...]  # the first is the one that is given where none fits
    name: Words
    family: str

    @property
    def suffix(self) -> str:
        """The suffix of the kind, with its dot."""
        return self.suffixes[0]


@dataclass(frozen=True)
class Foreign:
    """A kind that is not accepted: its name, its usual suffixes, and what to do instead."""

    name: Words
    suffixes: tuple[str, ...]
    advice: Words


JPEG = Kind("image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"), _("ảnh JPG"), "picture")
PNG = Kind("image/png", (".png",), _("ảnh PNG"), "picture")
WEBP = Kind("image/webp", (".webp",), _("ảnh WebP"), "picture")
PDF = Kind("application/pdf", (".pdf",), _("PDF"), "pdf")
TEXT = Kind("text/plain", (".txt", ".csv"), _("tệp chữ"), "text")
DOCX = Kind(f"{_OFFICE}.wordprocessingml.document", (".docx",), _("Word"), "word")
XLSX = Kind(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",), _("Excel"), "excel")
PPTX = Kind(f"{_OFFICE}.presentationml.presentation", (".pptx",), _("PowerPoint"), "slides")
DOC = Kind("application/msword", (".doc",), _("Word đời cũ"), "word")
XLS = Kind("application/vnd.ms-excel", (".xls",), _("Excel đời cũ"), "excel")
PPT = Kind("application/vnd.ms-powerpoint", (".ppt",), _("PowerPoint đời cũ"), "slides")
ODT = Kind(f"{_ODF}.text", (".odt",), _("LibreOffice Writer"), "odt")
ODS = Kind(f"{_ODF}.spreadsheet", (".ods",), _("LibreOffice Calc"), "ods")
ODP = Kind(f"{_ODF}.presentation", (".odp",), _("LibreOffice Impress"), "odp")
KINDS = (JPEG, PNG, WEBP, PDF, TEXT, DOCX, XLSX, PPTX, DOC, XLS, PPT, ODT, ODS, ODP)
BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS}
BY_SUFFIX = {suffix: kind for kind in KINDS for suffix in kind.suffixes}
# What the browser is told. HEIC is not there: an iPhone then sends its photographs as JPG.
ACCEPTED = ("image/jpeg", "image/png", *BY_SUFFIX)

_NO_PROGRAM = _("Chương trình không gửi được ở đây.")
_UNPACK = _("Hãy giải nén rồi gửi từng tệp.")
_LINK = _("Hãy đưa lên nơi lưu trữ của đơn vị rồi dán liên kết.")
_AS_JPG = _("Hãy lưu lại thành JPG hoặc PNG rồi gửi.")
_AS_PDF = _("Hãy lưu lại thành PDF hoặc Word (.docx) rồi gửi.")

WINDOWS = Foreign(
    _("chương trình Windows (.exe)"), (".exe", ".dll", ".scr", ".com", ".cpl"), _NO_PROGRAM
)
PROGRAM = Foreign(
    _("chương trình"), (".elf", ".so", ".sh", ".bat", ".cmd", ".ps1", ".vbs", ".js"), _NO_PROGRAM
)
ZIP = Foreign(_("tệp nén ZIP"), (".zip", ".jar", ".apk"), _UNPACK)
PACKED = Foreign(_("tệp nén"), (".rar", ".7z", ".gz", ".tgz", ".bz2", ".xz", ".tar"), _UNPACK)
FILM = Foreign(
    _("phim hoặc ghi âm"),
    (*(".mp4", ".mov", ".avi", ".mkv", ".webm", ".3gp"), *(".mp3", ".m4a", ".wav", ".ogg", ".wma")),
    _LINK,
)
HEIC = Foreign(
    _("ảnh HEIC của điện thoại"),
    (".heic", ".heif", ".avif"),
    _(
        "Hãy gửi thẳng từ điện thoại, hoặc mở ảnh trên máy tính và lưu lại thành JPG. "
        "Để iPhone chụp thành JPG: Cài đặt, Camera, Định dạng, Tương thích nhất."
    ),
)
PICTURE = Foreign(_("ảnh loại khác"), (".gif", ".bmp", ".tif", ".tiff", ".svg"), _AS_JPG)
RTF = Foreign(_("văn bản RTF"), (".rtf",), _AS_PDF)
WEB_PAGE = Foreign(_("trang web (HTML)"), (".html", ".htm", ".mht", ".xhtml"), _AS_PDF)
COMPOUND = Foreign(_("tệp loại khác của Windows"), (".msi", ".msg", ".mdb", ".vsd"), _AS_PDF)
UNKNOWN = Foreign(_("một loại tệp lạ"), (), _("Hãy lưu lại thành PDF rồi gửi."))
FOREIGN = (WINDOWS, PROGRAM, ZIP, PACKED, FILM, HEIC, PICTURE, RTF, WEB_PAGE, COMPOUND)
KNOWN_SUFFIXES = {*BY_SUFFIX, *(suffix for kind in FOREIGN for suffix in kind.suffixes)}


class Container(Enum):
    """What only its inside can tell: a ZIP package, or a compound file of older Windows."""

    PACKAGE = auto()
    COMPOUND = auto()


Found = Kind | Foreign | Container

_SIGNATURES: tuple[tuple[bytes, Found], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"PK\x03\x04", Container.PACKAGE),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Container.COMPOUND),
    (b"\xff\xfe", TEXT),  # UTF-16, which the reading of texts refuses in its own words
    (b"\xfe\xff", TEXT),
    (b"MZ", WINDOWS),
    (b"\x7fELF", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"#!", PROGRAM),
    (b"Rar!", PACKED),
    (b"7z\xbc\xaf\x27\x1c", PACKED),
    (b"\x1f\x8b", PACKED),
    (b"BZh", PACKED),
    (b"\xfd7zXZ", PACKED),
    (b"GIF8", PICTURE),
    (b"BM", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    (b"{\\rtf", RTF),
    (b"ID3", FILM),
    (b"\xff\xfb", FILM),
    (b"\xff\xf3", FILM),
    (b"OggS", FILM),
    (b"\x1aE\xdf\xa3", FILM),
    (b"fLaC", FILM),
    (b"0&\xb2u\x8ef\xcf\x11", FILM),
)
_MAY_BE_WORDS = (b"MZ", b"BM", b"BZh", b"ID3")  # a text may begin with these letters
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<table", b"<?xml", b"<svg")


def _riff(head: bytes) -> Found | None:
    """Tell a WebP picture from the films and sounds of the same container."""
    if head[:4] != b"RIFF":
        return None
    return WEBP if head[8:12] == b"WEBP" else FILM


def _boxes(head: bytes) -> Found | None:
    """Tell a phone's picture from a film: both come in the boxes of ISO 14496-12."""
    if head[4:8] != b"ftyp":
        return None
    return HEIC if head[8:12] in (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"avif") else FILM


def _markup(head: bytes) -> Found | None:
    """Tell a web page or a drawing that is written as text."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if not start.startswith(_MARKUP):
        return None
    return PICTURE if b"<svg" in start else WEB_PAGE


def _pdf(head: bytes) -> Found | None:
    """Tell a PDF: its header may stand a little way in (ISO 32000-1, annex H.3.4.1)."""
    return PDF if b"%PDF-" in head[:1024] else None


_READERS: tuple[Callable[[bytes], Found | None], ...] = (_riff, _boxes, _markup, _pdf)


def sniff(head: bytes) -> Found:
    """Return what begins with ``head`` (its first 4096 bytes): a kind, a container, or foreign.

    What has no signature is text when there is no zero byte in it; the caller reads it through.
    """
    for signature, found in _SIGNATURES:
        if head.startswith(signature) and not (signature in _MAY_BE_WORDS and _is_plain(head)):
            return found
    for reader in _READERS:
        if (told := reader(head)) is not None:
            return told
    return TEXT if b"\x00" not in head else UNKNOWN


def _is_plain(head: bytes) -> bool:
    return not any(byte < 32 and byte not in (9, 10, 12, 13) for byte in head)
