/** What virtual-screen-reader passes over, put in its place; and what it should pass over. */

const UNSPOKEN = "audio, embed, iframe, object, video";

export function addGeneratedContent(root, spoken) {
  for (const element of root.querySelectorAll("*")) {
    for (const place of ["::before", "::after"]) {
      const text = generatedText(element, place);
      if (!text || element.closest("[aria-hidden=true]") || isInName(element)) continue;
      const entry = { node: element, generated: text, name: text, phrase: text, end: false };
      const inside = ({ node }) => element.contains(node);
      const first = spoken.findIndex(inside);
      if (first < 0) insertInOrder(spoken, entry);
      else if (place === "::before") {
        spoken.splice(first + (spoken[first].node === element), 0, entry);
      } else {
        const last = spoken.findLastIndex(inside);
        spoken.splice(last + (spoken[last].end && spoken[last].node === element ? 0 : 1), 0, entry);
      }
    }
  }
}

/** The words of CSS `content`. Signs alone, such as a bullet or an arrow, are passed over. */
function generatedText(element, place) {
  const { content } = getComputedStyle(element, place);
  if (!content.includes('"')) return "";
  const [spoken, alternative] = content.split(/"\s*\/\s*"/);
  const strings = (alternative === undefined ? spoken : `"${alternative}`).matchAll(
    /"((?:[^"\\]|\\.)*)"?/g,
  );
  const text = [...strings].map(([, string]) => string.replace(/\\(.)/g, "$1")).join("");
  return /[\p{L}\p{N}]/u.test(text) ? text : "";
}

/** Whether the library has spoken the generated content as part of a name. */
function isInName(element) {
  return Boolean(
    element.closest("a[href], button, caption, h1, h2, h3, h4, h5, h6, summary, td, th, [role]"),
  );
}

export function addUnspokenElements(root, spoken) {
  const known = new Set(spoken.map(({ node }) => node));
  for (const element of root.querySelectorAll(UNSPOKEN)) {
    const decorative = element.closest("[aria-hidden=true], [role=none], [role=presentation]");
    const soundless = element.tagName === "AUDIO" && !element.controls;
    if (known.has(element) || decorative || soundless) continue;
    insertInOrder(spoken, { node: element, phrase: "", name: "", end: false });
  }
}

function insertInOrder(spoken, entry) {
  const starts = spoken.flatMap(({ end }, index) => (end ? [] : [index]));
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const position = entry.node.compareDocumentPosition(spoken[starts[middle]].node);
    if (position & Node.DOCUMENT_POSITION_FOLLOWING) high = middle;
    else low = middle + 1;
  }
  const last = spoken.length - (spoken.at(-1)?.end ? 1 : 0);
  spoken.splice(starts[low] ?? last, 0, entry);
}

/** Closed details, collapsed parts and `content-visibility: hidden` are not spoken. */
export function isShown(element) {
  if (element.tagName === "AREA" || element.tagName === "BODY") return true;
  if (element.checkVisibility()) return true;
  const boxless = getComputedStyle(element).display === "contents";
  return boxless && element.parentElement ? isShown(element.parentElement) : false;
}
