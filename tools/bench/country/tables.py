"""Rows go into the database past the models: hundreds of thousands a minute, in one statement or copy a batch."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Field, Model

AT_ONCE = 20_000


class Table:
    """The rows of one model; what is not named has its usual value. Keys are given here, from 1."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.fields: list[Field[Any, Any]] = [field for field in model._meta.concrete_fields if not field.generated]
        self.places = {field.attname: place for place, field in enumerate(self.fields)}
        self.usual = [
            None if field.primary_key else field.get_db_prep_save(field.get_default(), connection) for field in self.fields
        ]
        self.key = self.places[model._meta.pk.attname]  # type: ignore[union-attr]
        self.rows: list[list[Any]] = []
        self.count = 0

    def prepared(self, name: str, value: object) -> Any:
        """A value as the database takes it: for times, JSON and UUIDs; texts, numbers and days go as they are."""
        return self.fields[self.places[name]].get_db_prep_save(value, connection)

    def add(self, **facts: Any) -> int:
        self.count += 1
        row = list(self.usual)
        row[self.key] = self.count
        for name, value in facts.items():
            row[self.places[name]] = value
        self.rows.append(row)
        if len(self.rows) >= AT_ONCE:
            self.flush()
        return self.count

    def flush(self) -> None:
        if self.rows:
            _insert(self.model._meta.db_table, [field.column for field in self.fields], self.rows)
            self.rows = []


def _insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608 - names of our own


@contextmanager
def filling(tables: Sequence[Table]) -> Iterator[None]:
    """Without a look at foreign keys, which are checked at the end by what reads them; then keys go on from where they are."""
    if not connection.in_atomic_block:  # a test's database is gone soon, and takes no such orders
        with connection.cursor() as cursor:
            for statement in _BEFORE[connection.vendor]:
                cursor.execute(statement)
    with transaction.atomic():
        yield
        for table in tables:
            table.flush()
    with connection.cursor() as cursor:
        for statement in chain(
            connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]), _AFTER[connection.vendor]
        ):
            cursor.execute(statement)


_BEFORE = {
    "sqlite": ("PRAGMA foreign_keys=OFF", "PRAGMA synchronous=OFF", "PRAGMA cache_size=-400000"),
    "postgresql": ("SET session_replication_role = replica", "SET synchronous_commit = off"),
}
_AFTER = {
    "sqlite": ("PRAGMA foreign_keys=ON",),
    "postgresql": ("SET session_replication_role = DEFAULT",),
}


def settle() -> None:
    """Let the database look at what it holds, as it does by itself in time."""
    with connection.cursor() as cursor:
        analyze = "ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE"  # nothing is swept up within a transaction
        cursor.execute(analyze if connection.vendor == "postgresql" else "PRAGMA optimize=0x10002")
