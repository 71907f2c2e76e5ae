/**
 * Puts the screen-reader panel among the side panels of an editor, and loads what it needs when it
 * is opened for the first time. A module runs before DOMContentLoaded, when Wagtail counts panels.
 */

const content = document.getElementById("screen-reader-side-panel").content.cloneNode(true);
const sidePanels = document.querySelector("[data-form-side]");
const toggles = [...document.querySelectorAll("[data-side-panel-toggle]")];
const preview = document.querySelector('[data-side-panel="preview"]');
const translation = document.querySelector(".js-translation-editor")?.dataset.props;
// A translated snippet has none.
const hasPreview = preview || (translation && JSON.parse(translation).previewModes.length);

// Without a preview there is nothing to read.
if (sidePanels && toggles.length && hasPreview) {
  const toggle = content.querySelector("[data-side-panel-toggle]");
  const panel = content.querySelector("[data-side-panel]");
  const beside = toggles.find(({ dataset }) => dataset.sidePanelToggle === "preview");
  (beside ?? toggles.at(-1)).after(toggle);
  // Before the preview, so that the order of focus is the order in which both are shown.
  if (preview) preview.before(panel);
  else sidePanels.append(panel);
  panel.addEventListener("show", async () => (await import("./panel.js")).open(panel));
}
