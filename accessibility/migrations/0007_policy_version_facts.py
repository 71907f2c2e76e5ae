import django.core.serializers.json
import django.utils.timezone
import wagtail.fields
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
        migrations.AlterField(
            model_name='policypage',
            name='measures',
            field=wagtail.fields.StreamField([('https', 1), ('hsts', 3), ('csp', 6), ('cookies', 8), ('logs', 10)], blank=True, block_lookup={0: ('wagtail.blocks.static_block.StaticBlock', (), {'admin_text': 'States that every page is sent over HTTPS only.', 'label': 'What it states'}), 1: ('wagtail.blocks.StructBlock', [[('statement', 0)]], {}), 2: ('wagtail.blocks.IntegerBlock', (), {'default': 365, 'label': 'At least so many days', 'max_value': 3650, 'min_value': 1}), 3: ('wagtail.blocks.StructBlock', [[('days', 2)]], {}), 4: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'No scripts inside pages', 'required': False}), 5: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'No scripts or styles from third parties', 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('no_inline_scripts', 4), ('no_third_parties', 5)]], {}), 7: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'A reader who chooses nothing gets no cookie', 'required': False}), 8: ('wagtail.blocks.StructBlock', [[('none_unasked', 7)]], {}), 9: ('wagtail.blocks.IntegerBlock', (), {'default': 90, 'label': 'Kept for so many days', 'max_value': 3650, 'min_value': 1}), 10: ('wagtail.blocks.StructBlock', [[('days', 9)]], {})}, help_text='Shown below the text with what this server really does, and refused where what you state here is not so.', verbose_name='technical measures'),
        ),
        migrations.RunPython(keep_live_statements, migrations.RunPython.noop),
    ]
