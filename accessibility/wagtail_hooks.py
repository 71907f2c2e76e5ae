"""Where the plugin meets Wagtail's admin. What it does stands in the modules that are called."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.admin.userbar import BaseItem

from .editor.checker import use_content_rules
from .editor.side_panel import editor_js


@hooks.register("register_admin_urls")
def register_editor_urls() -> list[URLPattern | URLResolver]:
    return [path("accessibility/", include("accessibility.editor.urls"))]


@hooks.register("construct_wagtail_userbar")
def use_content_rules_in_checker(request: HttpRequest, items: list[BaseItem], page: Any) -> None:
    use_content_rules(items)


@hooks.register("insert_editor_js")
def insert_screen_reader_panel() -> str:
    return editor_js()


@hooks.register("register_icons")
def register_screen_reader_icon(icons: list[str]) -> list[str]:
    return [*icons, "accessibility/icons/screen-reader.svg"]
