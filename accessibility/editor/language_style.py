"""Buttons of the rich text editor that mark words with their language (WCAG 3.1.2).

One button for each language of the site's content. They write `<span lang="…">`; the feature is
called "language", is among the default ones, and can be named in a field's `features`.
"""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import Feature
from wagtail.coreutils import get_content_languages
from wagtail.rich_text.feature_registry import FeatureRegistry

FEATURE = "language"


class LanguageFeature(Feature):
    """An inline style of Draftail for each language."""

    def construct_options(self, options: dict[str, Any]) -> None:
        options.setdefault("inlineStyles", []).extend(
            {
                "type": _style(code),
                "label": code.upper(),
                "description": format_lazy(_("Words in this language: {language}"), language=name),
                # Told apart from words in bold or italics, in every theme.
                "style": {"borderBottom": "2px dotted currentColor"},
            }
            for code, name in get_content_languages().items()
        )


def register(features: FeatureRegistry) -> None:
    """For the hook `register_rich_text_features`."""
    styles = {code: _style(code) for code in get_content_languages()}
    features.register_editor_plugin("draftail", FEATURE, LanguageFeature())
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {
                f'span[lang="{code}"]': InlineStyleElementHandler(style)
                for code, style in styles.items()
            },
            "to_database_format": {
                "style_map": {
                    style: {"element": "span", "props": {"lang": code}}
                    for code, style in styles.items()
                }
            },
        },
    )
    features.default_features.append(FEATURE)


def _style(code: str) -> str:
    return f"LANGUAGE-{code.upper()}"
