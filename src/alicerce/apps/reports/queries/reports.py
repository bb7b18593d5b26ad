"""Any report, by its name."""

from datetime import date

from alicerce.apps.reports.queries import money, recurring
from alicerce.apps.reports.types import Report, ReportName, Span


def report(name: ReportName, span: Span, *, today: date) -> Report:
    if name == ReportName.AGING:
        return money.aging(span, today=today)
    if name == ReportName.DEFERRED:
        return money.deferred(span, today=today)
    return {
        ReportName.MRR: recurring.mrr,
        ReportName.CHURN: recurring.churn,
        ReportName.COLLECTED: money.collected,
        ReportName.TAX: money.tax,
        ReportName.MARGIN: recurring.margin,
    }[name](span)
