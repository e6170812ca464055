"""Checking the chains: a changed, a removed, a cut-off last and a re-made entry are named."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from thidua.audit.models import Entry, Head
from thidua.audit.queries import START


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a chain; ``number`` is the place, 0 for the chain as a whole."""

    chain: str
    number: int
    sentence: str


NotedHeads = Callable[[], Iterable[tuple[str, str, str]]]
_sources: list[NotedHeads] = []


def noted_by(source: NotedHeads) -> None:
    """Register a source of heads noted elsewhere, such as on published covenants.

    It yields (chain, digest, where it stands); upper apps register when they are ready.
    """
    _sources.append(source)


def verify(noted: Iterable[str] = ()) -> tuple[int, list[Fault]]:
    """Walk all chains; return how many entries were read and what is wrong.

    ``noted`` are digests that a person wrote down earlier: each must stand in some chain.
    """
    faults: list[Fault] = []
    digests: dict[str, set[str]] = {}
    count = 0
    chains = set(Entry.objects.values_list("chain", flat=True).distinct())
    chains |= set(Head.objects.values_list("chain", flat=True))
    for chain in sorted(chains):
        digests[chain], found = _walk(chain)
        count += len(digests[chain])
        faults += found
    everything = set().union(*digests.values()) if digests else set()
    faults += [
        Fault(
            "?", 0, _("Đầu chuỗi đã ghi lại %(head)s không còn trong chuỗi nào.") % {"head": head}
        )
        for head in noted
        if head not in everything
    ]
    for source in _sources:
        for chain, head, where in source():
            if head != START and head not in digests.get(chain, set()):
                sentence = _("Đầu chuỗi ghi trên %(where)s không còn trong chuỗi.")
                faults.append(Fault(chain, 0, sentence % {"where": where}))
    return count, faults


def _walk(chain: str) -> tuple[set[str], list[Fault]]:
    faults: list[Fault] = []
    seen: set[str] = set()
    previous, expected = START, 1
    for entry in Entry.objects.filter(chain=chain).order_by("number").iterator():
        if entry.number > expected:
            missing = _("Thiếu mục từ %(first)d đến %(last)d.")
            sentence = missing % {"first": expected, "last": entry.number - 1}
            faults.append(Fault(chain, expected, sentence))
        elif entry.previous != previous:
            faults.append(Fault(chain, entry.number, _("Mục không nối với mục đứng trước.")))
        if entry.digest != entry.computed_digest():
            faults.append(Fault(chain, entry.number, _("Nội dung mục đã bị sửa.")))
        seen.add(entry.digest)
        previous, expected = entry.digest, entry.number + 1
    head = Head.objects.filter(chain=chain).first()
    if head is None or (head.number, head.digest) != (expected - 1, previous):
        faults.append(Fault(chain, expected, _("Mục cuối của chuỗi đã bị cắt hoặc bị thay.")))
    return seen, faults
