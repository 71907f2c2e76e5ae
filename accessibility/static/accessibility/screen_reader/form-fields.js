/**
 * Which field of the editor's form holds a place of the preview.
 *
 * In this order: the key that Draftail gives each paragraph, which Wagtail leaves in its HTML; a
 * `data-block-id` that a template writes around a StreamField block; a picture's file; the words.
 */

const FIELDS = 'input:not([type]), input[type="text"], input[type="url"], input[type="email"], textarea';
const SHORTEST = 2;

/** `{ label, focus }` of the field that holds an element with this text, or null. */
export function fieldOf(element, text, form) {
  const found =
    byParagraph(element, form) ??
    byBlock(element, form) ??
    byPicture(element, form) ??
    byText(text, form) ??
    byText(element.textContent, form);
  return found && { label: labelOf(found), focus: () => focus(found, form) };
}

function byParagraph(element, form) {
  const key = element.closest("[data-block-key]")?.dataset.blockKey;
  if (!key) return null;
  return form.querySelector(`[data-offset-key^="${CSS.escape(key)}-"]`);
}

function byBlock(element, form) {
  const id = element.closest("[data-block-id]")?.dataset.blockId;
  return id ? form.querySelector(`[data-contentpath="${CSS.escape(id)}"]`) : null;
}

/** Renditions of a picture, in the form and on the page, share the beginning of their names. */
function byPicture(element, form) {
  const picture = element.closest("img") ?? element.querySelector("img");
  const file = (image) => image.currentSrc.split("/").at(-1).split(".")[0];
  if (!picture?.currentSrc) return null;
  return [...form.querySelectorAll("img")].find((image) => file(image) === file(picture)) ?? null;
}

function byText(words, form) {
  const sought = normal(words);
  if (sought.length < SHORTEST) return null;
  const candidates = [
    ...[...form.querySelectorAll(FIELDS)].map((field) => [field, normal(field.value)]),
    ...[...form.querySelectorAll("[data-block='true'], [data-chooser-title], .js-translation-editor p, .js-translation-editor li")].map(
      (place) => [place, normal(place.textContent)],
    ),
  ].filter(([field, value]) => value.length >= SHORTEST && !field.closest("[hidden='']"));
  const match =
    candidates.find(([, value]) => value === sought) ??
    candidates.find(([, value]) => value.includes(sought)) ??
    candidates.find(([, value]) => value.length > 3 * SHORTEST && sought.includes(value));
  return match?.[0] ?? null;
}

function normal(text) {
  return text.normalize("NFC").replace(/[\s\u00ad\u200b]+/g, " ").trim();
}

/** What the form calls the field: its own label, or the heading of the block around it. */
function labelOf(place) {
  const label = place.labels?.[0] ?? place.closest("[data-field]")?.querySelector("label");
  const panel = place.closest("[data-panel]")?.querySelector("[data-panel-heading]");
  return (label ?? panel)?.textContent.replace(/[\s*]+/g, " ").trim() ?? "";
}

function focus(place, form) {
  for (let step = place; step && step !== form; step = step.parentElement) unfold(step);
  place.scrollIntoView({ block: "center", behavior: "instant" });
  const target = place.matches(FIELDS)
    ? place
    : (place.closest('[contenteditable="true"]') ??
      place.querySelector(`${FIELDS}, [contenteditable="true"], select, button`) ??
      place.closest("[data-field], [data-panel], li")?.querySelector(`${FIELDS}, button`));
  target?.focus({ preventScroll: true });
}

function unfold(step) {
  if (step.matches("[role=tabpanel][hidden]")) {
    document.querySelector(`[role=tab][aria-controls="${CSS.escape(step.id)}"]`)?.click();
  }
  const toggle = step.matches("[data-panel]") && step.querySelector("[data-panel-toggle]");
  if (toggle && toggle.getAttribute("aria-expanded") === "false") toggle.click();
}
