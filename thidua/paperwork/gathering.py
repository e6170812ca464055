"""All papers of a year in one ZIP with an index: for a page, and for `manage.py papers`."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO, NamedTuple

from thidua.accounts.acting import Acting
from thidua.cycles.models import Cycle
from thidua.documents.models import CertificateProof, Printing, Version
from thidua.documents.printing import tried
from thidua.documents.signed_pdfs import signed_pdfs_of
from thidua.files.storage import open_bytes
from thidua.paperwork.models import Draft
from thidua.paperwork.papers import KINDS, official_of
from thidua.paperwork.queries import covenants_of, drafts_for, of_its_year, whole
from thidua.typesetting.official import Official, from_data
from thidua.typesetting.word import render_docx

IN_MEMORY = 8_000_000  # bytes; a larger ZIP goes to a file without a name


class Line(NamedTuple):
    """A line of the index: one file of one paper. ``key`` is the same for PDF and Word."""

    key: str
    file: str
    title: str
    number: str
    date: str
    issuer: str
    code: str
    sha256: str


@dataclass(frozen=True)
class File:
    """One file of one paper: its line of the index; its bytes and its facts when asked for."""

    line: Line
    read: Callable[[], bytes]
    paper: Callable[[], Official]


def issued_files(cycle: Cycle, who: Acting | None = None) -> Iterator[File]:
    """Yield the files of what was issued in a year and ``who`` may see (all for nobody named)."""
    drafts = Draft.objects.all() if who is None else drafts_for(who)
    for draft in whole(drafts.filter(cycle=cycle, state=Draft.State.ISSUED)):
        if draft.version is not None:
            symbol = str(getattr(draft.version, "number", None) or "")
            key, place = f"{draft.kind}-{draft.pk}", draft.file_name
            yield from _printed(draft.version, key, place, symbol, draft.issuer.name, draft.dated)
    for covenant in covenants_of(cycle, who):
        if covenant.version is not None:
            key = place = f"covenant-{covenant.number}"
            day = covenant.version.frozen_at.date()
            yield from _printed(covenant.version, key, place, "", cycle.bloc.title, day)
            yield from _signed(covenant.version, key, cycle.bloc.title, day)


def every_file(cycle: Cycle) -> Iterator[File]:
    """Yield what was issued, and a fresh print, marked DỰ THẢO, of each paper that could be.

    For an operator: all kinds, members and subjects of the year, whoever may see them.
    """
    there = set()
    for draft in Draft.objects.filter(cycle=cycle, state=Draft.State.ISSUED):
        there.add((draft.kind, draft.enrolment_id, draft.subject))
    yield from issued_files(cycle)
    for draft in _possible(cycle):
        if (draft.kind, draft.enrolment_id, draft.subject) not in there:
            yield from _drafted(draft)


def _possible(cycle: Cycle) -> Iterator[Draft]:
    kept = {
        (d.kind, d.enrolment_id, d.subject): of_its_year(d)
        for d in whole(Draft.objects.filter(cycle=cycle, state=Draft.State.DRAFT))
    }
    leader = next((e.organization for e in cycle.in_role("leader")), cycle.bloc.managing_body)
    for kind in KINDS.values():
        for enrolment in cycle.current() if kind.of_member else [None]:
            whose = enrolment.pk if enrolment else None
            for subject in kind.subjects(cycle, enrolment):
                yield kept.get((kind.key, whose, subject.pk)) or Draft(
                    kind=kind.key,
                    cycle=cycle,
                    enrolment=enrolment,
                    subject=subject.pk,
                    issuer=enrolment.organization if enrolment else leader,
                )


def _drafted(draft: Draft) -> Iterator[File]:
    official = official_of(draft)
    whose = draft.enrolment_id or 0
    key = f"{draft.kind}-{whose}-{draft.subject}-draft"
    day = draft.dated.isoformat() if draft.dated else ""
    for form, make in (("pdf", tried), ("docx", render_docx)):
        line = Line(key, f"{key}.{form}", official.title, "", day, draft.issuer.name, "", "")
        yield File(line, partial(make, official), lambda: official)


def _printed(
    version: Version, key: str, place: str, symbol: str, issuer: str, day: date | None
) -> Iterator[File]:
    for printing in version.printings.all():
        if printing.form == Printing.Form.SIGN:  # the paper once more, with empty fields
            continue
        line = Line(
            key,
            f"{place}.{printing.form}",
            version.title,
            symbol,
            day.isoformat() if day else "",
            issuer,
            version.code,
            printing.blob.digest,
        )
        yield File(line, partial(_kept, printing), partial(from_data, version.official))


def _signed(version: Version, key: str, issuer: str, day: date) -> Iterator[File]:
    """Yield the PDFs that carry certificate signatures: the newest in turn, each side by side."""
    for number, proof in enumerate(signed_pdfs_of(version), start=1):
        name, digest = f"{key}-signed-{number}", proof.blob.digest
        told = (version.title, "", day.isoformat(), issuer, version.code, digest)
        paper = partial(from_data, version.official)
        yield File(Line(name, f"{name}.pdf", *told), partial(_kept, proof), paper)


def _kept(kept: Printing | CertificateProof) -> bytes:
    with open_bytes(kept.blob) as source:
        return source.read()


def zipped(files: Iterable[File]) -> IO[bytes]:
    """Return a ZIP with the files and their index (CSV, UTF-8 with a mark for Excel)."""
    target: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    index = io.StringIO()
    rows = csv.writer(index)
    rows.writerow(Line._fields)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            rows.writerow(file.line)
            archive.writestr(file.line.file, file.read())
        archive.writestr("index.csv", "\ufeff" + index.getvalue())
    target.seek(0)
    return target
