"""The same sums in DuckDB, over the values of one campaign as they lie in the database that is measured."""

import csv
from collections.abc import Mapping
from pathlib import Path

import duckdb
from django.db import connection

from dondoc.reporting.models import CampaignGroup, Indicator
from dondoc.reporting.queries.content import facts
from dondoc.reporting.queries.totals import Totals
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.rules.totals import Ratio, Tally

_AT_ONCE = 50_000
_COPY = """SELECT v.report_id, r.state, v.indicator_id, v."column", CAST(v.sent_number AS TEXT), v.sent_nothing,
 CAST(v.accepted_number AS TEXT), v.accepted_nothing
FROM reporting_value v JOIN reporting_return r ON r.id = v.report_id WHERE r.group_id = %s"""
_TABLE = """CREATE TABLE cells (report INTEGER, state VARCHAR, indicator INTEGER, col VARCHAR, sent_number DECIMAL(20, 4),
 sent_nothing VARCHAR, accepted_number DECIMAL(20, 4), accepted_nothing VARCHAR)"""
_STATES = {"accepted": "('accepted')", "sent": "('accepted', 'received', 'returned')"}
_TALLIES = """SELECT indicator, col, coalesce(sum({0}_number), 0), max({0}_number), count({0}_number),
 count(*) FILTER (WHERE {0}_nothing = 'none'), count(*) FILTER (WHERE {0}_nothing = 'not_applicable'),
 count(*) FILTER (WHERE {0}_nothing = 'no_data')
FROM cells WHERE state IN {1} GROUP BY ALL"""
_RATIOS = """SELECT top, below, one.col, sum(one.{0}_number), sum(other.{0}_number), count(*)
FROM pairs JOIN cells one ON one.indicator = top
JOIN cells other ON other.indicator = below AND other.report = one.report AND other.col = one.col
WHERE one.state IN {1} AND one.{0}_number IS NOT NULL AND other.{0}_number IS NOT NULL GROUP BY ALL"""

Sums = dict[str, tuple[dict[tuple[int, str], Tally], dict[tuple[int, int, str], Ratio]]]


def loaded(group: CampaignGroup, folder: Path) -> duckdb.DuckDBPyConnection:
    """A database in memory with the campaign's cells and the pairs of its ratios."""
    path = folder / "cells.csv"
    with path.open("w", encoding="utf-8", newline="") as file, connection.chunked_cursor() as cursor:
        writer = csv.writer(file)
        cursor.execute(_COPY, [group.pk])
        while rows := cursor.fetchmany(_AT_ONCE):
            writer.writerows(rows)
    held = duckdb.connect()
    held.execute(_TABLE)
    held.execute(f"COPY cells FROM '{path}' (HEADER false, NULLSTR '')")
    held.execute("UPDATE cells SET sent_nothing = coalesce(sent_nothing, ''), accepted_nothing = coalesce(accepted_nothing, '')")
    held.execute("CREATE TABLE pairs (top INTEGER, below INTEGER)")
    held.executemany("INSERT INTO pairs VALUES (?, ?)", sorted(_pairs(group)))
    path.unlink()
    return held


def sums(held: duckdb.DuckDBPyConnection) -> Sums:
    """What :func:`dondoc.reporting.queries.totals.totals_of` asks its database for."""
    found: Sums = {}
    for stage, states in _STATES.items():
        tallies = {(row[0], row[1]): Tally(*row[2:]) for row in held.execute(_TALLIES.format(stage, states)).fetchall()}
        ratios = {(row[0], row[1], row[2]): Ratio(*row[3:]) for row in held.execute(_RATIOS.format(stage, states)).fetchall()}
        found[stage] = (tallies, ratios)
    return found


def compare(group: CampaignGroup, totals: Totals, found: Sums) -> int:
    """How many figures were compared, all of them equal.

    :raises RuntimeError: one differs.
    """
    codes = _codes(group)
    count = 0
    for figures, (tallies, ratios) in ((totals.accepted, found["accepted"]), (totals.received, found["sent"])):
        for table in facts(group.template).tables:
            for one in table.indicators:
                for column in table.columns:
                    figure = figures[Place(one.code, column.key)]
                    tally = tallies.get((codes[one.code], column.key), Tally())
                    parts = (codes.get(one.numerator, 0), codes.get(one.denominator, 0), column.key)
                    if figure.tally != tally or (one.numerator and (figure.ratio or Ratio()) != ratios.get(parts, Ratio())):
                        raise RuntimeError(f"{one.code} {column.key}: {figure} here, {tally} {ratios.get(parts)} in DuckDB")
                    count += 1
    return count


def _codes(group: CampaignGroup) -> Mapping[str, int]:
    return dict(Indicator.objects.filter(table__version=group.template_id).values_list("code", "pk"))


def _pairs(group: CampaignGroup) -> set[tuple[int, int]]:
    codes = _codes(group)
    rows = [one for table in facts(group.template).tables for one in table.indicators if one.numerator]
    return {(codes[one.numerator], codes[one.denominator]) for one in rows}
