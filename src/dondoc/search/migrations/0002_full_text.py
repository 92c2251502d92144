"""The full-text indexes. Triggers (SQLite) and a generated column (PostgreSQL) keep them equal to the entries."""

from typing import Any

from django.db import migrations

_COLUMNS = "title, body, bare"
_NEW = "new.title, new.body, new.bare"
_OLD = "old.title, old.body, old.bare"
_FORGET = f"INSERT INTO search_index(search_index, rowid, {_COLUMNS}) VALUES ('delete', old.id, {_OLD});"
_KEEP = f"INSERT INTO search_index(rowid, {_COLUMNS}) VALUES (new.id, {_NEW});"

SQLITE = (
    f"""CREATE VIRTUAL TABLE search_index USING fts5(
        {_COLUMNS}, content='search_entry', content_rowid='id', tokenize="unicode61 remove_diacritics 0", prefix='2 3'
    )""",
    f"CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN {_KEEP} END",
    f"CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN {_FORGET} END",
    f"CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN {_FORGET} {_KEEP} END",
)

# These signs become spaces first: the parser of PostgreSQL has ideas of its own about 208/KH-UBND.
_SIGNS = '/\\-–—_.,;:@#&+=*()[]<>"%'
_WORDS = f"translate({{0}}, '{_SIGNS.replace('%', '%%')}', '{' ' * len(_SIGNS)}')"
_VECTOR = " || ".join(
    f"setweight(to_tsvector('simple', {_WORDS.format(column)}), '{weight}')"
    for column, weight in (("title", "A"), ("body", "B"), ("bare", "C"))
)

POSTGRESQL = (
    f"ALTER TABLE search_entry ADD COLUMN words tsvector GENERATED ALWAYS AS ({_VECTOR}) STORED",
    "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
)


def make(_apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_entry DROP COLUMN words")
        return
    for name in ("added", "removed", "changed"):
        schema_editor.execute(f"DROP TRIGGER search_entry_{name}")
    schema_editor.execute("DROP TABLE search_index")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
