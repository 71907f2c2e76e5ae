from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accessibility", "0007_policy_version_facts")]

    operations = [
        migrations.AddField(
            model_name="pageaudit",
            name="left_to_people",
            field=models.JSONField(default=list, verbose_name="left to people"),
        ),
    ]
