"""What the groups of `make test` came to, and the closing lines that say so."""

from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree


@dataclass
class Outcome:
    """What one group came to: counts of tests (a lint is one), seconds, a word where it ran not."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    remark: str = ""


@dataclass
class Report:
    """The outcomes so far, by the name of their group."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def total(self, name: str) -> int:
        """Return the sum of ``name`` ("passed", "failed", "skipped") over the groups."""
        return sum(getattr(outcome, name) for outcome in self.outcomes.values())

    def print(self) -> None:
        """Print one line for each group, then the counts alone on the last line."""
        print()
        for name, it in self.outcomes.items():
            counts = f"{it.passed:5} passed {it.failed:4} failed {it.skipped:4} skipped"
            print(f"{name:<11} {it.seconds:7.1f} s {it.remark or counts}")
        totals = [f"{self.total(name)} {name}" for name in ("passed", "failed", "skipped")]
        print(", ".join(totals), flush=True)


def count(results: Path) -> Outcome:
    """Return the counts that pytest wrote to ``results``; no file means that it never got there."""
    if not results.is_file():
        return Outcome(failed=1)
    suites = list(ElementTree.parse(results).getroot().iter("testsuite"))
    tests, failures, errors, skipped = (
        sum(int(suite.get(name, 0)) for suite in suites)
        for name in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors
    return Outcome(passed=max(tests - failed - skipped, 0), failed=failed, skipped=skipped)
