"""Editors, moderators and translators; see home/roles.py.

Wagtail's own migrations have made Editors and Moderators, with their permissions on all pages,
images and documents, and the workflow "Moderators approval". This one adds the translators and the
rights on this site's snippets. It runs once, so what an administrator changes in the groups later
is kept.
"""

from django.db import migrations

# group: permissions as "app_label.model.codename"
GROUPS = {
    "Moderators": [
        "newsroom.newscategory.add_newscategory",
        "newsroom.newscategory.change_newscategory",
        "newsroom.newscategory.delete_newscategory",
        "home.siteidentity.add_siteidentity",
        "home.siteidentity.change_siteidentity",
    ],
    "Translators": [
        "wagtailadmin.admin.access_admin",
        "wagtail_localize.translation.submit_translation",
        # Categories and the site identity are translated too.
        "newsroom.newscategory.change_newscategory",
        "home.siteidentity.change_siteidentity",
    ],
}
# A translation may show another picture or link another document, in any collection.
CHOOSE = ["wagtailimages.image.choose_image", "wagtaildocs.document.choose_document"]


def create_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    Collection = apps.get_model("wagtailcore", "Collection")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")

    def permission(name):
        app_label, model, codename = name.split(".")
        # Django makes the permissions of a model after all migrations, so most are not there yet.
        content_type, _created = ContentType.objects.get_or_create(app_label=app_label, model=model)
        return Permission.objects.get_or_create(
            content_type=content_type,
            codename=codename,
            defaults={"name": "Can " + codename.replace("_", " ")},
        )[0]

    groups = {}
    for name, permissions in GROUPS.items():
        groups[name], _created = Group.objects.get_or_create(name=name)
        groups[name].permissions.add(*map(permission, permissions))

    root = Collection.objects.get(depth=1)
    for name in CHOOSE:
        GroupCollectionPermission.objects.get_or_create(
            group=groups["Translators"], collection=root, permission=permission(name)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("newsroom", "0001_initial"),
        ("wagtail_localize", "0006_create_submit_translation_permission"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0048_add_default_workflows"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
    ]

    operations = [migrations.RunPython(create_roles, migrations.RunPython.noop)]
