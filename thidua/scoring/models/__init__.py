"""What is marked, by whom, and what came of it."""

from thidua.scoring.models.cards import Card, Conflict, Layer, Mark, Proof, Sheet
from thidua.scoring.models.results import Objection, Result, Standing, TieVote
from thidua.scoring.models.tables import Criterion, ScoringTable

__all__ = [
    "Card",
    "Conflict",
    "Criterion",
    "Layer",
    "Mark",
    "Objection",
    "Proof",
    "Result",
    "ScoringTable",
    "Sheet",
    "Standing",
    "TieVote",
]
