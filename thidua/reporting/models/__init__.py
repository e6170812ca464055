"""Periods of reporting, measurements on targets, reports, and the evidence behind them."""

from thidua.reporting.models.evidence import Evidence, EvidenceUse, Sharing
from thidua.reporting.models.measuring import Measurement, Period
from thidua.reporting.models.reports import Report, ReportAnswer, ReportSending, Turnout

__all__ = [
    "Evidence",
    "EvidenceUse",
    "Measurement",
    "Period",
    "Report",
    "ReportAnswer",
    "ReportSending",
    "Sharing",
    "Turnout",
]
