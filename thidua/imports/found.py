"""What a look at a sheet came to, as it is kept with the import: plain JSON, of bounded size.

Shapes: ``headings`` [place, letters, text]; ``remarks`` [code, facts]; ``problems`` [row, column,
cell, code, facts]; ``questions`` [row, column, about, code, [[value, label]], chosen]; ``steps``
[row, act, what]; ``counts`` by make, change, keep, wrong (rows with an error), problems, open
(questions without an answer), questions.
"""

from typing import Any

from thidua.imports.checking import Look
from thidua.imports.kinds.base import CHANGE, KEEP, MAKE, Plan, Problem
from thidua.imports.reading.table import column_name

OF_ROWS = ("problems", "questions", "steps")  # what may tell of people
MOST_PROBLEMS, MOST_QUESTIONS, MOST_STEPS = 300, 200, 30


def packed(look: Look) -> dict[str, Any]:
    """Return the look as it is kept."""
    places = {name: look.left + place for place, name in look.mapping.items()}
    plan = look.plan or Plan()
    return {
        "sheet": look.sheet,
        "sheets": look.sheets[:50],
        "header_row": look.header_row + 1,
        "headings": [
            [place, column_name(look.left + place), text[:100]]
            for place, text in list(look.headings.items())[:100]
        ],
        "mapping": {str(place): name for place, name in look.mapping.items()},
        "missing": look.missing,
        "remarks": [[remark.code, remark.facts] for remark in look.remarks],
        "rows": look.rows,
        "counts": counts(plan),
        "problems": [_problem(p, places) for p in _in_order(plan.problems)[:MOST_PROBLEMS]],
        "questions": [
            [q.row, q.column, q.about, q.code, [list(o) for o in q.options], q.chosen]
            for q in _open_first(plan)[:MOST_QUESTIONS]
        ],
        "steps": [[step.row, step.act, step.what[:300]] for step in plan.steps[:MOST_STEPS]],
    }


def counts(plan: Plan) -> dict[str, int]:
    """Return how many rows come to what, and what stands in the way."""
    return {
        **{act: plan.count(act) for act in (MAKE, CHANGE, KEEP)},
        "wrong": len({problem.row for problem in plan.problems}),
        "problems": len(plan.problems),
        "open": len(plan.open_questions),
        "questions": len(plan.questions),
    }


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: problem.row)


def _open_first(plan: Plan) -> list[Any]:
    return sorted(plan.questions, key=lambda question: (bool(question.chosen), question.row))


def _problem(problem: Problem, places: dict[str, int]) -> list[Any]:
    place = places.get(problem.column)
    cell = f"{column_name(place)}{problem.row}" if place is not None else ""
    return [problem.row, problem.column, cell, problem.code, problem.facts]
