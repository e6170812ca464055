"""One paper of each kind, as long as it may get."""

from datetime import date
from typing import Any

from thidua.typesetting.official import Header, Official, Signatory
from thidua.typesetting.papers import (
    cross_check,
    plan,
    registration,
    regulation,
    reminder,
    report,
    results,
    scoring_table,
    self_score,
)
from thidua.typesetting.papers.frame import Frame

FRAME = Frame(
    header=Header("LIÊN ĐOÀN LAO ĐỘNG"),
    symbol="05/BC-LĐLĐ",
    place="Nam Định",
    dated=date(2026, 2, 5),
    signatories=[Signatory(["CHỦ TỊCH"], "Người Ký")],
    recipients=["Như trên", "Lưu: VT"],
)
NUMBERS = range(1, 61)


def every_paper(unit: str, bloc: str) -> list[Official]:
    """Compose each kind with sixty members, targets, criteria …, all with this name."""
    year: dict[str, Any] = {"frame": FRAME, "year": 2026, "bloc": bloc}
    rows = [
        results.StandingRow(unit, "95", str(n), "Tốt", "95", "2", "0", ["50", "45"])
        for n in NUMBERS
    ]
    letter: dict[str, Any] = reminder.proposed(bloc, "khối trưởng", 2026, "hôm nay")
    minutes: dict[str, Any] = cross_check.proposed(unit, bloc, 2026)
    result = results.Results(
        **year,
        manager=unit,
        table="Bảng điểm",
        groups=[("I", unit), ("II", unit)],
        rows=rows,
        adopted_on="ngày 05 tháng 12 năm 2026",
        note=unit,
    )
    targets = [report.ResultRow(unit, "ít nhất 10", "12", "đạt 120 %") for _n in NUMBERS]
    turnouts = [report.TurnoutRow(unit, "1.234", unit) for _n in NUMBERS]
    told: dict[str, Any] = {"situation": unit, "achievements": unit, "plan": unit}
    return [
        registration.compose(
            registration.Registration(
                **year,
                unit=unit,
                targets=[registration.TargetRow(unit, "ít nhất 10") for _n in NUMBERS],
                movements=[unit],
                honours=[registration.HonourRow(unit, "Lao động tiên tiến") for _n in NUMBERS],
                measures=unit,
            )
        ),
        plan.compose(
            plan.Plan(
                **year,
                purpose=unit,
                duties=unit,
                theme=unit,
                movements=[unit] * 60,
                targets=[plan.CommonRow(unit, "đúng 1")],
                steps=[plan.StepRow(unit, "đến 01/02/2026")],
            )
        ),
        regulation.compose(
            regulation.Regulation(
                **year, articles=regulation.proposed(bloc, "khối", "trưởng", "phó", unit)
            )
        ),
        scoring_table.compose(
            scoring_table.ScoringTable(
                **year,
                name=unit,
                principles=unit,
                total="1.000",
                rows=[scoring_table.CriterionRow(f"I.{n}", unit, "10") for n in NUMBERS],
                ties=[unit],
                classes=[unit],
            )
        ),
        *(
            report.compose(
                report.MemberReport(
                    **year,
                    **told,
                    unit=unit,
                    period=report.whole_year(2026),
                    targets=targets,
                    turnouts=turnouts,
                    paper=kind,
                )
            )
            for kind in (report.HALF_YEAR, report.YEAR)
        ),
        self_score.compose(
            self_score.SelfScore(
                **year,
                unit=unit,
                table=unit,
                rows=[self_score.MarkRow(f"I.{n}", unit, "10", "9", unit) for n in NUMBERS],
                total="540",
                maximum="600",
            )
        ),
        cross_check.compose(
            cross_check.CrossCheck(
                **year,
                unit=unit,
                checker=unit,
                checked_signatory=Signatory(["LÃNH ĐẠO"], party=unit),
                criteria=60,
                rows=[cross_check.DifferenceRow("I.1", unit, "10", "9", "8", unit)] * 60,
                **minutes,
            )
        ),
        results.compose_summary(result),
        results.compose_notice(result),
        reminder.compose(
            reminder.Reminder(
                FRAME,
                **letter,
                rows=[reminder.OwedRow(unit, "Báo cáo", "01/02/2026") for _n in NUMBERS],
            )
        ),
    ]
