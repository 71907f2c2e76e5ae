"""Moderators keep the register of known problems and answer feedback; translators translate it."""

from django.db import migrations

PERMISSIONS = {
    "Moderators": {
        "knownproblem": ("add", "change", "delete", "view"),
        "feedbackmessage": ("change", "delete", "view"),
    },
    "Translators": {"knownproblem": ("change", "view")},
}


def give_permissions(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    for name, models in PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=name)
        for model, actions in models.items():
            # Django makes the permissions of a model after all migrations: see 0002_roles.
            content_type, _created = ContentType.objects.get_or_create(
                app_label="accessibility", model=model
            )
            for action in actions:
                permission, _created = Permission.objects.get_or_create(
                    content_type=content_type,
                    codename=f"{action}_{model}",
                    defaults={"name": f"Can {action} {model}"},
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("home", "0002_roles"), ("accessibility", "0005_statement")]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]
