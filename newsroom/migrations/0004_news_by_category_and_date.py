from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0003_imported_articles")]

    operations = [
        migrations.AddIndex(
            model_name="newsarticlepage",
            index=models.Index(
                fields=["category", "-publication_date"], name="news_by_category_and_date"
            ),
        ),
    ]
