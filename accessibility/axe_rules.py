"""Which of axe's rules our content rules cover: one fault is one complaint, in our wording.

In the editor, axe does not run what is covered wholly. An audit runs all of axe, and leaves out
what a content rule says of the same element; see `audits.doubles`.
"""

from collections.abc import Mapping

Rules = Mapping[str, frozenset[str]]


def _table(**rows: str) -> Rules:
    return {axe.replace("_", "-"): frozenset(ours.split()) for axe, ours in rows.items()}


#: Rules of axe, and of Wagtail's own selection, that find nothing which these of ours do not.
COVERED_WHOLLY = _table(
    alt_text_quality="image-alt-file-name image-alt-placeholder image-alt-punctuation",
    button_name="button-name-missing",
    empty_heading="heading-empty",
    empty_table_header="table-header-empty",
    frame_title="frame-title-missing",
    heading_order="heading-level-skipped",
    input_button_name="button-name-missing",
    link_name="link-name-missing link-image-name-missing",
    p_as_heading="heading-look-alike",
)
#: Every rule of axe that finds some of the same faults as these of ours. It may find more.
COVERED: Rules = {
    **COVERED_WHOLLY,
    **_table(
        area_alt="image-alt-missing",
        aria_command_name="button-name-missing",
        aria_hidden_body="aria-hidden-body",
        aria_hidden_focus="aria-hidden-focusable",
        aria_input_field_name="field-label-missing",
        aria_required_attr="aria-state-missing",
        aria_roles="aria-role-invalid",
        aria_toggle_field_name="field-label-missing",
        aria_valid_attr="aria-attribute-unknown",
        aria_valid_attr_value="aria-reference-broken",
        autocomplete_valid="field-autocomplete-invalid",
        avoid_inline_spacing="text-spacing-fixed",
        blink="text-moving",
        color_contrast="colour-contrast",
        definition_list="list-structure",
        dlitem="list-structure",
        document_title="page-title-missing",
        html_has_lang="page-lang-missing",
        html_lang_valid="page-lang-invalid page-lang-missing",
        image_alt="image-alt-missing image-alt-punctuation",
        image_redundant_alt="image-alt-repeats",
        input_image_alt="button-name-missing",
        label="field-label-missing",
        label_content_name_mismatch="label-in-name",
        landmark_no_duplicate_main="landmark-main-several",
        landmark_one_main="landmark-main-missing",
        link_in_text_block="link-colour-only",
        list="list-structure",
        listitem="list-structure",
        marquee="text-moving",
        meta_refresh="page-refresh",
        meta_viewport="page-zoom-forbidden",
        nested_interactive="control-nested",
        no_autoplay_audio="media-autoplay media-autoplay-controlled",
        object_alt="image-alt-missing",
        page_has_heading_one="heading-first-missing",
        role_img_alt="image-alt-missing",
        scope_attr_valid="table-scope-invalid",
        select_name="field-label-missing",
        server_side_image_map="image-map-server",
        svg_img_alt="image-alt-missing",
        tabindex="tabindex-positive",
        valid_lang="part-lang-invalid",
    ),
}
#: Of these, those that are of the page as a whole, wherever each names it.
OF_THE_PAGE = frozenset(("landmark-no-duplicate-main", "landmark-one-main", "page-has-heading-one"))
#: And those where axe names what surrounds the element that ours names.
AROUND = frozenset(("aria-hidden-focus", "definition-list", "list", "nested-interactive"))
