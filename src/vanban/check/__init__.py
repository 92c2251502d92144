"""What a careful clerk would query in one document (domain 7.3: what can be answered without the register of documents)."""

from collections.abc import Iterator

from vanban.check import appendices, assignments, dates, figures, formal, mends, names, numbering
from vanban.check.rule import Case, Found, Rule
from vanban.outline import Outline, outline
from vanban.reading import Finding, Reading, Severity

__all__ = ["RULES", "Case", "Found", "Rule", "find_findings"]

RULES: tuple[Rule, ...] = (
    Rule("pages-not-read", Severity.VERIFY, formal.pages_not_read, "pages of a file that hold only pictures"),
    Rule("parts-not-read", Severity.VERIFY, formal.parts_not_read, "what is hidden in a workbook", limit=10),
    Rule("missing-number", Severity.MUST_FIX, formal.missing_number, "Decree 30/2020, article 8"),
    Rule("unread-number", Severity.MUST_FIX, formal.unread_number, "Decree 30/2020, article 8"),
    Rule("missing-date", Severity.MUST_FIX, formal.missing_date, "Decree 30/2020, article 8"),
    Rule("date-before-cited-document", Severity.MUST_FIX, dates.date_before_cited_document, "VR-07", doubtful_from_image=True),
    Rule(
        "deadline-before-document-date", Severity.MUST_FIX, dates.deadline_before_document_date, "VR-18", doubtful_from_image=True
    ),
    Rule("deadline-not-specific", Severity.SHOULD_FIX, dates.deadline_not_specific, "VR-17", limit=3),
    Rule("task-without-lead", Severity.VERIFY, assignments.task_without_lead, "VR-16"),
    Rule(
        "task-with-several-leads",
        Severity.MUST_FIX,
        assignments.task_with_several_leads,
        "VR-16; Decree 191/2026, article 2.2",
        limit=15,
    ),
    Rule("target-without-base", Severity.MUST_FIX, figures.target_without_base, "VR-13", doubtful_from_image=True),
    Rule("target-without-unit", Severity.VERIFY, figures.target_without_unit, "VR-13", limit=3),
    Rule("target-without-figure", Severity.SHOULD_FIX, figures.target_without_figure, "VR-13", limit=3),
    Rule("percentage-over-100", Severity.MUST_FIX, figures.percentage_over_100, "VR-15", doubtful_from_image=True),
    Rule("appendix-missing", Severity.VERIFY, appendices.appendix_missing, "VR-28"),
    Rule("closed-body-recipient", Severity.MUST_FIX, names.closed_body_recipient, "VR-05"),
    Rule("old-agency-name", Severity.VERIFY, names.old_agency_name, "VR-26"),
    Rule("district-level", Severity.VERIFY, names.district_level, "VR-25; Resolution 202/2025/QH15"),
    Rule("number-skipped", Severity.EDITORIAL, numbering.number_skipped, "VR-29", limit=3, doubtful_from_image=True),
    Rule("mended-figure", Severity.VERIFY, mends.mended_figure, "a figure of a damaged text that was changed", limit=10),
    Rule("mended-symbol", Severity.VERIFY, mends.mended_symbol, "a symbol of a damaged text that was changed", limit=10),
    Rule("mended-name", Severity.VERIFY, mends.mended_name, "a name of a damaged text that was changed", limit=10),
    Rule("mended-heading", Severity.VERIFY, mends.mended_heading, "a heading's number that was changed", limit=10),
    Rule("doubtful-words", Severity.VERIFY, mends.doubtful_words, "words of a damaged text that were read without certainty"),
    Rule("number-repeated", Severity.EDITORIAL, numbering.number_repeated, "VR-29", limit=3, doubtful_from_image=True),
)


def find_findings(reading: Reading, tree: Outline | None = None) -> list[Finding]:
    """The findings of every rule, in the order of :data:`RULES`, each rule's in the order of the text.

    ``tree`` is the outline that the reading was made with; it is made again where it is not given.
    """
    case = Case(reading, tree if tree is not None else outline(reading.text, reading.tables))
    return [finding for rule in RULES for finding in _apply(rule, case)]


def _apply(rule: Rule, case: Case) -> Iterator[Finding]:
    """What ``rule`` finds; past its limit the last message says how many more there are."""
    found = list(rule.check(case))
    for index, one in enumerate(found[: rule.limit]):
        severity = one.severity or rule.severity
        if rule.doubtful_from_image and case.read_from_image:
            severity = Severity.VERIFY
        more = len(found) - rule.limit
        rest = f" (Còn {more} chỗ tương tự.)" if more > 0 and index == rule.limit - 1 else ""
        yield Finding(rule.id, one.message + rest, one.span, severity)
