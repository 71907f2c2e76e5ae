"""SQLite's full-text index takes Thai vowels and tone marks as part of the word.

Its default tokenizer splits words there, so that น้ำท่วม finds nothing and ข้าว (rice) finds ข่าว
(news). A tokenizer can only be given when the table is made.
"""

from django.db import migrations

TABLE = "wagtailsearch_indexentry_fts"
COLUMNS = "autocomplete, body, title"
TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"


def make_anew(schema_editor, options):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite" or TABLE not in connection.introspection.table_names(
            cursor
        ):
            return
        cursor.execute(f"DROP TABLE {TABLE}")
        cursor.execute(f"CREATE VIRTUAL TABLE {TABLE} USING fts5({COLUMNS}{options})")
        cursor.execute(
            f"INSERT INTO {TABLE} (rowid, {COLUMNS}) "  # noqa: S608
            f"SELECT id, {COLUMNS} FROM wagtailsearch_indexentry"
        )


def keep_marks(apps, schema_editor):
    make_anew(schema_editor, f', tokenize="{TOKENIZER}"')


def split_at_marks(apps, schema_editor):
    make_anew(schema_editor, "")


class Migration(migrations.Migration):
    dependencies = [("wagtailsearch", "0010_add_text_fields")]

    operations = [migrations.RunPython(keep_marks, split_at_marks)]
