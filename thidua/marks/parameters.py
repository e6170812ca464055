"""A rule's parameters as a JSON object and back; the keys are described in `rules`."""

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from thidua.marks.arithmetic import exact
from thidua.marks.faults import Fault
from thidua.marks.points import Band, GradedStep, Rounding

FIELDS: dict[str, tuple[str, ...]] = {
    "manual": ("step",),
    "pass_fail": ("failed",),
    "graded": ("steps",),
    "banded": ("bands",),
    "proportional": ("percent", "rounding", "cap", "step"),
    "leader_relative": ("step",),
    "count": ("each", "cap"),
    "deduct": ("each", "floor"),
    "penalty": ("each", "cap"),
    "knockout": (),
}
_REQUIRED = frozenset({"steps", "bands", "percent", "each"})


def read(names: Collection[str], parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters ``names`` in the types of a rule; what is left out keeps its default.

    Faults: ``unknown_parameter``, ``missing_parameter``, ``bad_parameter``.
    """
    for name in parameters:
        if name not in names:
            raise Fault("unknown_parameter", parameter=name)
    for name in names:
        if name in _REQUIRED and name not in parameters:
            raise Fault("missing_parameter", parameter=name)
    return {name: _read(name, value) for name, value in parameters.items()}


def written(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a rule's fields as JSON knows them."""
    return {
        name: _WRITE[name](value) if name in _WRITE else value for name, value in values.items()
    }


def _read(name: str, value: Any) -> Any:
    try:
        return _READ[name](value)
    except (TypeError, ValueError, KeyError, InvalidOperation, Fault):
        raise Fault("bad_parameter", parameter=name) from None


def _whole(value: Any) -> int:
    # True is an int in Python, and a float would bring back what hundredths keep out.
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return value


def _whole_or_none(value: Any) -> int | None:
    return None if value is None else _whole(value)


def _step(value: Any) -> int:
    if (step := _whole(value)) < 1:
        raise ValueError
    return step


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise TypeError
    number = Decimal(value)
    exact(number)
    return number


def _bound(value: Any) -> Decimal | None:
    return None if value is None else _decimal(value)


def _steps(value: Any) -> tuple[GradedStep, ...]:
    return tuple(
        GradedStep(str(s["label"]), _whole(s["points"]), bool(s.get("knocks_out", False)))
        for s in _list(value)
    )


def _bands(value: Any) -> tuple[Band, ...]:
    return tuple(
        Band(_bound(b.get("at_least")), _bound(b.get("below")), _whole(b["points"]))
        for b in _list(value)
    )


def _list(value: Any) -> list[Mapping[str, Any]]:
    if not isinstance(value, list | tuple) or not all(isinstance(x, Mapping) for x in value):
        raise TypeError
    return list(value)


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


_READ: dict[str, Callable[[Any], Any]] = {
    "step": _step,
    "failed": _whole,
    "steps": _steps,
    "bands": _bands,
    "percent": _decimal,
    "rounding": Rounding,
    "cap": _whole_or_none,
    "each": _whole,
    "floor": _whole,
}
_WRITE: dict[str, Callable[[Any], Any]] = {
    "steps": lambda steps: [
        {"label": s.label, "points": s.points, "knocks_out": s.knocks_out} for s in steps
    ],
    "bands": lambda bands: [
        {"at_least": _text(b.at_least), "below": _text(b.below), "points": b.points} for b in bands
    ],
    "percent": _text,
    "rounding": str,
}
