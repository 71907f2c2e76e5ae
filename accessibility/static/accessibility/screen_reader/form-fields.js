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
    byPicture(element, text, form) ??
    byCell(element, text, form) ??
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

/**
 * The field of its alternative, or the chooser. Renditions of a picture, in the form and on the
 * page, share the beginning of their names; of several, each stands in the same place of its row.
 */
function byPicture(element, words, form) {
  const picture = element.matches("a, figure, img") && (element.querySelector("img") ?? element);
  if (!picture?.currentSrc) return null;
  const alike = (root) => [...root.querySelectorAll("img")].filter((image) => file(image) === file(picture));
  const place = alike(element.ownerDocument).indexOf(picture);
  const choosers = alike(form);
  return sameText(words, form) ?? choosers[place] ?? choosers.at(-1) ?? null;
}

function file(image) {
  return image.currentSrc.split("/").at(-1).split(".")[0];
}

function valuesOf(form) {
  const fields = [...form.querySelectorAll(FIELDS)].map((field) => [field, normal(field.value)]);
  const texts = [...form.querySelectorAll(TEXTS)].map((place) => [place, normal(place.textContent)]);
  return [...fields, ...texts].filter(([, value]) => value);
}

function sameText(words, form) {
  const sought = normal(words);
  return (sought && valuesOf(form).find(([, value]) => value === sought)?.[0]) || null;
}

function byText(element, words, form) {
  const sought = normal(words);
  if (sought.length < SHORTEST) return null;
  const same = sameText(words, form);
  // The furniture around the content has words in common with it, but is not written here.
  const main = element.ownerDocument.querySelector("main, [role=main]");
  if (same || (main && !main.contains(element)) || element.closest("nav, [role=navigation]")) return same;
  const candidates = valuesOf(form).filter(([, value]) => value.length >= SHORTEST);
  const longer = candidates.find(([, value]) => holds(value, sought));
  const parts = candidates.filter(
    ([, value]) => value.length >= SHORTEST_PART && sought.includes(value),
  );
  const longest = parts.sort(([, one], [, other]) => other.length - one.length)[0];
  return (longer ?? longest)?.[0] ?? null;
}

/** Whether whole words of the text are these: Thai writes no spaces between them. */
function holds(text, words) {
  const ends = [...new Intl.Segmenter("th", { granularity: "word" }).segment(text)].map(({ index }) => index);
  const borders = new Set([...ends, text.length]);
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (borders.has(at) && borders.has(at + words.length)) return true;
  }
  return false;
}

/** A number in a cell stands in many places: it is sought in its own table alone. */
function byCell(element, words, form) {
  const table = byTable(element, form)?.closest("[data-panel]");
  return table ? sameText(words, table) : null;
}

/** The caption or a header says which table it is. */
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
  const around = place.closest("[data-panel], :has(> .w-field__label)");
  const heading =
    place.labels?.[0] ??
    around?.querySelector(":scope > .w-field__label") ??
    // A block's heading goes on with the beginning of what is written in it.
    around?.querySelector(".c-sf-block__type") ??
    around?.querySelector("[data-panel-heading]") ??
    place.closest("li:has(> h3)")?.querySelector("h3");
  const label = heading?.textContent.replace(/[\s*]+/g, " ").trim() ?? "";
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
