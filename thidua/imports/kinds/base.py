"""What a kind of sheet is: how its rows are planned, written, undone, and given out again.

A kind is one small module with one class. It plans: reads the house once, then says for each row
what will be made, changed or kept, what is wrong, and where a person must choose. Nothing is
written then. It writes by the actions that a person would use, inside one deed.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from django.db.models import Model

from thidua.accounts.acting import Acting
from thidua.imports.form import Form, form

MAKE, CHANGE, KEEP = "make", "change", "keep"
OTHER = "other"  # the choice "it is another one"
Tick = Callable[[int, int], None]
T = TypeVar("T")
Row = Any  # a named tuple: ``at`` as the sheet counts, then the form's columns by name


def sure(thing: T | None) -> T:
    """Return what must be there by now; else it is a fault of the program."""
    if thing is None:
        raise RuntimeError("a step of the plan before this one was left out")
    return thing


@dataclass(frozen=True)
class Problem:
    """What is wrong in one row: the column ("" for the row), which sentence, its facts."""

    row: int
    column: str
    code: str
    facts: dict[str, str | int] = field(default_factory=dict)


class Option(NamedTuple):
    """One answer to a question: its value, and what a person reads."""

    value: str
    label: str


@dataclass
class Question:
    """Whether a row means something that is there already.

    ``chosen`` is the answer, told or taken for granted; "" where a person must give it.
    """

    row: int
    column: str
    about: str
    code: str
    options: list[Option]
    chosen: str = ""


@dataclass
class Step:
    """What will be done for a row, ``what`` being how a person reads it."""

    row: int
    act: str
    what: str
    facts: Any = None


@dataclass
class Plan:
    """What an import would do: its steps in the order of the rows, and what stands in its way."""

    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def wrong(self, row: Row, column: str, code: str, **facts: str | int) -> None:
        """Note an error of a row."""
        self.problems.append(Problem(row.at, column, code, facts))

    @property
    def open_questions(self) -> list[Question]:
        """The questions without an answer."""
        return [question for question in self.questions if not question.chosen]

    def count(self, act: str) -> int:
        """Return how many rows come to this."""
        return sum(1 for step in self.steps if step.act == act)


class Asking:
    """Puts the questions of a plan, and knows the answers given so far ("row:column" → value)."""

    def __init__(self, plan: Plan, choices: dict[str, str]) -> None:
        self.plan = plan
        self.choices = choices

    def ask(
        self, row: Row, column: str, code: str, options: Sequence[Option], usual: str = ""
    ) -> str:
        """Return the answer, or the ``usual`` one, or "" where a person must choose."""
        told = self.choices.get(f"{row.at}:{column}", "")
        chosen = told if any(option.value == told for option in options) else usual
        about = str(getattr(row, column))
        question = Question(row.at, column, about, code, list(options), chosen)
        self.plan.questions.append(question)
        return chosen


class Made(NamedTuple):
    """What came of a row: the object, how, and what stood there before (for a change)."""

    row: int
    act: str
    thing: Model
    before: dict[str, Any] | None = None


class Kind(ABC):
    """A kind of sheet. Subclasses say how; see the module's first lines."""

    key = ""  # the form's file, and what an import keeps
    order = 0  # in the list
    makes: tuple[str, ...] = ()  # types, each after those that it hangs on

    @property
    def form(self) -> Form:
        """The form of the kind."""
        return form(self.key)

    @property
    def slug(self) -> str:
        """The word in the address."""
        return self.form.file

    @abstractmethod
    def plan(self, rows: Sequence[Row], *, by: Acting, choices: dict[str, str]) -> Plan:
        """Return what would be done with the rows, by whom, with the answers given so far."""

    @abstractmethod
    def write(self, plan: Plan, *, by: Acting, tick: Tick) -> Iterator[Made]:
        """Do the plan's steps inside the deed that is open; yield what comes of each."""

    def undo_change(self, thing: Model, before: dict[str, Any], *, by: Acting) -> None:
        """Put back what a change replaced; only kinds that change things have something to do."""
        raise NotImplementedError

    def undo_refusal(self, things: Sequence[Model]) -> str:
        """Return why things that were made cannot be taken back, apart from what hangs on them."""
        return ""

    @abstractmethod
    def exported(self, by: Acting) -> Iterator[dict[str, Any]]:
        """Yield what is there, as rows of the form: no more than ``by`` may see."""


_kinds: dict[str, Kind] = {}


def register(kind: type[Kind]) -> type[Kind]:
    """Take up a kind (a decorator of its class)."""
    _kinds[kind.key] = kind()
    return kind


def known() -> dict[str, Kind]:
    """Return the kinds that were registered, by key, in their order."""
    return dict(sorted(_kinds.items(), key=lambda item: item[1].order))
