/**
 * Which field of the editor's form holds a place of the preview.
 *
 * In this order: the key that Draftail gives each paragraph, which Wagtail leaves in its HTML; a
 * `data-block-id` that a template writes around a StreamField block; a picture's file; the words.
 */

const FIELDS = 'input:not([type]), input[type="text"], input[type="url"], input[type="email"], textarea';
// Paragraphs of Draftail, what choosers hold, and the segments of wagtail-localize.
const TEXTS = "[data-block=true], [data-chooser-title], .js-translation-editor :is(p, li)";
const SHORTEST = 2;
// A shorter text stands in longer ones by chance.
const SHORTEST_PART = 7;

/** `{ label, focus }` of the field that holds an element with this text, or null. */
export function fieldOf(element, text, form) {
  const found =
    byParagraph(element, form) ??
    byBlock(element, form) ??
    byPicture(element, form) ??
    byText(element, text, form) ??
    byTable(element, form);
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
  const picture = element.matches("a, figure, img") && (element.querySelector("img") ?? element);
  const file = (image) => image.currentSrc.split("/").at(-1).split(".")[0];
  if (!picture?.currentSrc) return null;
  return [...form.querySelectorAll("img")].find((image) => file(image) === file(picture)) ?? null;
}

function byText(element, words, form) {
  const sought = normal(words);
  if (sought.length < SHORTEST) return null;
  const fields = [...form.querySelectorAll(FIELDS)].map((field) => [field, normal(field.value)]);
  const texts = [...form.querySelectorAll(TEXTS)].map((place) => [place, normal(place.textContent)]);
  const candidates = [...fields, ...texts].filter(([, value]) => value.length >= SHORTEST);
  const same = candidates.find(([, value]) => value === sought);
  // The furniture around the content has words in common with it, but is not written here.
  const main = element.ownerDocument.querySelector("main, [role=main]");
  if (same || (main && !main.contains(element))) return same?.[0] ?? null;
  const longer = candidates.find(([, value]) => value.includes(sought));
  const parts = candidates.filter(
    ([, value]) => value.length >= SHORTEST_PART && sought.includes(value),
  );
  const longest = parts.sort(([, one], [, other]) => other.length - one.length)[0];
  return (longer ?? longest)?.[0] ?? null;
}

/** A number in a cell stands in many places: the caption or a header says which table it is. */
function byTable(element, form) {
  const headers = element.closest("table")?.querySelectorAll("caption, th") ?? [];
  for (const header of headers) {
    const found = byText(header, header.textContent, form);
    if (found) return found;
  }
  return null;
}

function normal(text) {
  return text.normalize("NFC").replace(/[\s\u00ad\u200b]+/g, " ").trim();
}

/** What the form calls the field: its own label, or the heading of the block around it. */
function labelOf(place) {
  const heading =
    place.closest("[data-panel]")?.querySelector("[data-panel-heading]") ??
    place.closest("li:has(> h3)")?.querySelector("h3");
  const label = (place.labels?.[0] ?? heading)?.textContent.replace(/[\s*]+/g, " ").trim() ?? "";
  return label.length > 60 ? `${label.slice(0, 59)}…` : label;
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
