import django.core.serializers.json
import django.utils.timezone
from django.db import migrations, models

FIELDS = (
    "title",
    "slug",
    "office",
    "version",
    "effective_date",
    "review_date",
    "body",
    "wording",
    "scope",
    "law",
    "claim",
    "review_by_people_date",
    "review_by_people",
    "feedback_email",
    "feedback_telephone",
    "feedback_address",
    "enforcement",
)


def keep_live_statements(apps, schema_editor):
    """What is live begins the archive, as it does of other policies since 0006."""
    PolicyVersion = apps.get_model("accessibility", "PolicyVersion")
    statements = apps.get_model("accessibility", "AccessibilityStatementPage").objects.filter(
        live=True, alias_of=None
    )
    for page in statements:
        if PolicyVersion.objects.filter(page_id=page.pk).exists():
            continue
        PolicyVersion.objects.create(
            page_id=page.pk,
            version=page.version,
            effective_date=page.effective_date,
            published_at=page.last_published_at or django.utils.timezone.now(),
            content={"pk": page.pk, **{name: getattr(page, name) for name in FIELDS}},
        )


class Migration(migrations.Migration):
    dependencies = [("accessibility", "0006_policy_versions")]

    operations = [
        migrations.AddField(
            model_name="policyversion",
            name="facts",
            field=models.JSONField(
                default=dict,
                encoder=django.core.serializers.json.DjangoJSONEncoder,
                verbose_name="facts",
            ),
        ),
        migrations.RunPython(keep_live_statements, migrations.RunPython.noop),
    ]
