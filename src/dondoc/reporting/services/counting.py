"""What reports hold, counted anew: after a change of one draft, and of all reports where the kept counts are in doubt."""

from django.db import transaction

from dondoc.reporting.models import Return
from dondoc.reporting.queries.held import filled_of, parts_of

AT_ONCE = 200


def recount(report: Return) -> None:
    """How much of what is asked the draft holds. The caller holds the report's row and owns the transaction."""
    report.parts = parts_of([report.pk])[report.pk]
    report.filled = filled_of(report.parts)
    report.revision += 1
    report.save(update_fields=["parts", "filled", "revision"])


def recount_all() -> int:
    """Every report, drafts and what was handed in; gives how many differed from what was kept."""
    keys = list(Return.objects.order_by("pk").values_list("pk", flat=True))
    return sum(_recount(keys[start : start + AT_ONCE]) for start in range(0, len(keys), AT_ONCE))


@transaction.atomic
def _recount(keys: list[int]) -> int:
    wrong = []
    reports = list(Return.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    drafts, sent = parts_of(keys), parts_of(keys, "sent_")  # held by now: nobody writes cells beside the count
    for report in reports:
        kept = (report.parts, report.filled, report.sent_parts, report.sent_filled)
        report.parts, report.sent_parts = drafts[report.pk], sent[report.pk]
        report.filled, report.sent_filled = filled_of(report.parts), filled_of(report.sent_parts)
        if kept != (report.parts, report.filled, report.sent_parts, report.sent_filled):
            wrong.append(report)
    Return.objects.bulk_update(wrong, ["parts", "filled", "sent_parts", "sent_filled"], batch_size=AT_ONCE)
    return len(wrong)
