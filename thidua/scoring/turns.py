"""Who checks whom in turn (kiểm tra chéo vòng tròn): pure arithmetic over members' numbers.

A pair is (checked, checker).
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import permutations

Pair = tuple[int, int]
FEW = 6  # up to here every order of the members is tried before two check each other


def turns(
    members: Sequence[int], each: int, apart: Collection[Pair], have: Collection[Pair]
) -> set[Pair] | None:
    """Return the pairs to add so that ``each`` check every member; None if conflicts forbid that.

    Nobody checks themselves, no pair is in ``apart``, what was assigned by hand (``have``) stays
    and counts. Nobody checks more than ``each`` unless hands or conflicts force it. Two check
    each other only where it cannot be avoided: without conflicts, where ``each`` reaches half
    round the ring.
    """
    best: set[Pair] | None = None
    for order in _orders(members):
        plan = _Plan(order, each, set(apart), set(have))
        pairs = plan.made()
        if pairs is None:
            return None
        if best is None or mutual(pairs | plan.have) < mutual(best | plan.have):
            best = pairs
        if not mutual(best | plan.have):
            break
    return best


def _orders(members: Sequence[int]) -> Iterator[list[int]]:
    """Yield the rings to begin with: every one of a few members, else each turned on by one."""
    if len(members) <= FEW:
        yield from map(list, permutations(members))
        return
    for start in range(len(members)):
        yield [*members[start:], *members[:start]]


def mutual(pairs: Collection[Pair]) -> int:
    """Return how many pairs have their opposite beside them: two for each two members."""
    return sum((checker, checked) in pairs for checked, checker in pairs)


class _Plan:
    """One try: a ring first, mended by chains of exchanges where it meets a conflict."""

    def __init__(self, order: Sequence[int], each: int, apart: set[Pair], have: set[Pair]) -> None:
        self.order, self.each = order, each
        self.have = {pair for pair in have if set(pair) <= set(order)}
        self.barred = apart | self.have | {(member, member) for member in order}
        self.chosen: set[Pair] = set()

    def made(self) -> set[Pair] | None:
        """Return the pairs to add, or None where somebody has too few who may check them."""
        lacking = {m: self.each - sum(pair[0] == m for pair in self.have) for m in self.order}
        for member, lacks in lacking.items():
            if sum((member, other) not in self.barred for other in self.order) < lacks:
                return None
        for limit in range(self.each, self.each + len(self.order) + 1):
            if self._fill(lacking, limit):
                break
        while self._mend():
            pass
        return self.chosen

    def _fill(self, lacking: dict[int, int], limit: int) -> bool:
        """Give everyone the checkers they lack, nobody checking more than ``limit``."""
        found = {m: sum(pair[0] == m for pair in self.chosen) for m in self.order}
        for turn in range(1, self.each + 1):
            for member in self.order:
                if found[member] < min(turn, lacking[member]):
                    if not self._augment(member, limit, set()):
                        return False
                    found[member] += 1
        return True

    def _augment(self, member: int, limit: int, seen: set[int]) -> bool:
        """Find one more checker, letting others exchange theirs where one is at the limit."""
        place, count = self.order.index(member), len(self.order)
        for step in range(1, count):
            checker = self.order[place - step]
            pair = (member, checker)
            if checker in seen or pair in self.barred or pair in self.chosen:
                continue
            seen.add(checker)
            if self._load(checker) < limit:
                self.chosen.add(pair)
                return True
            for other in [m for m, c in self.chosen if c == checker]:
                if self._augment(other, limit, seen):
                    self.chosen.remove((other, checker))
                    self.chosen.add(pair)
                    return True
        return False

    def _load(self, checker: int) -> int:
        return sum(c == checker for _m, c in self.chosen | self.have)

    def _mend(self) -> bool:
        """Exchange the checkers of two members where fewer then check each other."""
        everyone = self.chosen | self.have
        facing = sorted(p for p in self.chosen if (p[1], p[0]) in everyone)
        before = mutual(everyone)
        for here in facing:
            for there in sorted(self.chosen - {here}):
                crossed = {(here[0], there[1]), (there[0], here[1])}
                if crossed & self.barred or crossed & self.chosen:
                    continue
                swapped = (self.chosen - {here, there}) | crossed
                if mutual(swapped | self.have) < before:
                    self.chosen = swapped
                    return True
        return False
