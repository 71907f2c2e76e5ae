/**
 * What a screen reader says of a page, in order.
 *
 *     const phrases = await transcript(document.body, { language: "th" });
 *
 * Made by virtual-screen-reader, whose faults are mended here: it speaks what is folded away, does
 * not know summaries, date and file fields, media, generated content, figures' captions and the
 * header of a cell, says each word of a heading twice, and says "end of …".
 *
 * Import this module in the realm of the page that is read (a frame's own script, or a browser
 * test's `page.evaluate`): in another realm the library loses list items and table cells.
 */

import { Virtual } from "../vendor/virtual-screen-reader/index.browser.js";
import { roleWords } from "./role-words.js";
import { selectors } from "./selector.js";
import {
  blockOf,
  cellsOf,
  elementOf,
  itemsOf,
  LANDMARKS,
  languageOf,
  levelOf,
  positionOf,
  rowsOf,
  tidy,
} from "./structure.js";
import { addGeneratedContent, addUnspokenElements, isShown } from "./unspoken.js";

// Their content is spoken, they themselves are not.
const SILENT = new Set(
  `code definition emphasis generic listitem mark none paragraph presentation row rowgroup
   strong subscript superscript suggestion term time`.split(/\s+/),
);
// Named by what is in them, so that their content is spoken as their name.
const NAMED_BY_CONTENT = new Set(
  `button caption cell columnheader disclosure gridcell heading link menuitem option rowheader
   switch tab`.split(/\s+/),
);
// A screen reader passes by when there is nothing in them.
const CONTAINERS = new Set([
  ...LANDMARKS,
  ..."alert article blockquote deletion figure group insertion list log note status tabpanel".split(
    " ",
  ),
]);
const FIELDS = { date: 1, "datetime-local": 1, month: 1, time: 1, week: 1 };
// What is in them is their value, or what they would offer when opened.
const VALUED = new Set("combobox listbox textbox searchbox spinbutton".split(" "));

/**
 * @typedef {object} Phrase
 * @property {string} text what is said, in one line
 * @property {string} words the part of it that is not on the page: role, number of items
 * @property {string} states the part of it that tells states: "required, expanded"
 * @property {string} role ARIA role, "" for text
 * @property {number|null} level of a heading
 * @property {string} name accessible name, or the text
 * @property {string} lang language of the name (BCP 47), "" where the page does not say
 * @property {{text: string, lang: string}[]} parts the name by language, where it has several
 * @property {string} selector finds the element by `querySelector`
 */

/**
 * @param {Element} root what is read, such as `document.body`
 * @param {{language?: string}} options language of the role words; that of the page without it
 * @returns {Promise<Phrase[]>}
 */
export async function transcript(root, { language = languageOf(root) } = {}) {
  const spoken = await speak(root);
  addGeneratedContent(root, spoken);
  addUnspokenElements(root, spoken);
  const reader = new Reader(roleWords(language), selectors(root.ownerDocument));
  if (root === root.ownerDocument.body) {
    reader.add(root, "document", { name: root.ownerDocument.title, words: reader.say("document") });
  }
  reader.read(nest(spoken));
  return reader.phrases.map(({ block, end, unsaid, ...phrase }) => ({
    ...phrase,
    text: [
      [phrase.words, unsaid ? "" : phrase.name].filter(Boolean).join(" "),
      phrase.states,
    ]
      .filter(Boolean)
      .join(", "),
  }));
}

/** What the library says: a list of `{ node, phrase, name, end }`, `end` at the end of a node. */
async function speak(root) {
  const reader = new Virtual();
  await reader.start({ container: root, window: root.ownerDocument.defaultView });
  const phrases = await reader.spokenPhraseLog();
  const names = await reader.itemTextLog();
  const spoken = [];
  const begun = new Set();
  const first = { node: reader.activeNode, phrase: phrases.at(-1) };
  while (reader.activeNode) {
    const node = reader.activeNode;
    spoken.push({ node, phrase: phrases.at(-1), name: names.at(-1), end: begun.has(node) });
    begun.add(node);
    await reader.next();
    if (reader.activeNode === first.node && phrases.at(-1) === first.phrase) break;
  }
  await reader.stop();
  return spoken;
}

/** A tree of the flat list: each node holds what was said between its beginning and its end. */
function nest(spoken) {
  const entries = [];
  for (const entry of spoken) {
    if (!entry.end) {
      entries.push({ ...entry, children: [] });
      continue;
    }
    const start = entries.findLastIndex((other) => other.node === entry.node && !other.generated);
    entries[start].children = entries.splice(start + 1);
  }
  return entries;
}

class Reader {
  /** @type {Phrase[]} */
  phrases = [];
  #number = "";

  constructor(say, selectorOf) {
    this.say = say;
    this.selectorOf = selectorOf;
  }

  add(node, role, { name = "", words = "", ...rest } = {}) {
    const element = elementOf(node);
    this.phrases.push({
      text: "",
      words: [this.#number, words].filter(Boolean).join(" "),
      states: "",
      role,
      level: null,
      name,
      lang: languageOf(element),
      parts: [],
      selector: this.selectorOf(element),
      ...rest,
    });
    this.#number = "";
  }

  read(entries) {
    for (const entry of entries) {
      const { node } = entry;
      if (!isShown(elementOf(node))) continue;
      if (entry.generated || node.nodeType === Node.TEXT_NODE) this.#readText(entry);
      else this.#readElement(entry, roleOf(entry));
    }
  }

  #readText({ node, generated }) {
    const text = (generated ?? node.data).replace(/\s+/g, " ");
    const element = elementOf(node);
    if (!text.trim() || getComputedStyle(element).contentVisibility === "hidden") return;
    const block = element.closest("label") ?? blockOf(element);
    const last = this.phrases.at(-1);
    if (last?.block === block && last.lang === languageOf(element) && !this.#number) {
      const broken = node.previousSibling?.nodeName === "BR" ? " " : "";
      last.name = `${last.end}${broken}${text}`.replace(/\s+/g, " ").trim();
      last.end = `${last.end}${broken}${text}`;
      return;
    }
    // `block` and `end` let the text that follows in the same paragraph join this phrase.
    this.add(node, "", { name: text.trim(), block, end: text });
  }

  #readElement(entry, role) {
    const { node, children } = entry;
    if (node === node.ownerDocument.body) return this.read(children);
    const name = nameOf(entry, role);
    if (role === "listitem") this.#number = this.#itemNumber(node) || this.#number;
    if (SILENT.has(role) || role === "" || isUnnamedGroup(role, entry)) return this.read(children);
    // Said as the name of its table just before.
    if (node.tagName === "CAPTION" && name) return;

    const facts = { name, words: this.#words(role, node), states: this.#states(role, node, name) };
    if (role === "heading") facts.level = levelOf(node);
    if (VALUED.has(role)) return this.add(node, role, facts);
    if (!NAMED_BY_CONTENT.has(role)) {
      const place = this.phrases.length;
      this.add(node, role, facts);
      this.read(children);
      const empty = this.phrases.length === place + 1 && CONTAINERS.has(role);
      if (empty) this.phrases.splice(place, 1);
    } else if (isText(children)) {
      this.add(node, role, { ...facts, parts: partsOf(node) });
    } else {
      // The link or picture inside says the words, and they are not to be said twice.
      this.add(node, role, { ...facts, unsaid: true });
      this.read(children);
    }
  }

  #words(role, node) {
    if (role === "heading") return this.say(role, levelOf(node));
    if (role === "list") return this.say(role, itemsOf(node).length);
    if (role === "table" || role === "grid") {
      const rows = rowsOf(node);
      return this.say("table", rows.length, Math.max(0, ...rows.map((row) => cellsOf(row).length)));
    }
    if (role === "cell" || role === "gridcell") {
      const { row, column, header } = positionOf(node);
      const where = header ? this.say("in-column", header) : this.say("at-cell", row, column);
      return node.textContent.trim() || node.querySelector("img, svg, input")
        ? where
        : `${where} ${this.say("empty")}`;
    }
    return node.getAttribute("aria-roledescription") || this.say(role);
  }

  #itemNumber(item) {
    const list = item.parentElement;
    if (list?.tagName !== "OL" || getComputedStyle(item).listStyleType === "none") return "";
    const items = itemsOf(list);
    const before = items.slice(0, items.indexOf(item) + 1);
    const start = before.findLastIndex((other) => other.hasAttribute("value"));
    if (start >= 0) return this.say("item-number", before[start].value + before.length - 1 - start);
    const step = list.reversed ? -1 : 1;
    const first = list.hasAttribute("start") ? list.start : list.reversed ? items.length : 1;
    return this.say("item-number", first + step * (before.length - 1));
  }

  #states(role, node, name) {
    const aria = (state) => node.getAttribute(`aria-${state}`);
    const states = [];
    const either = (value, yes, no) => {
      if (value === true || value === "true") states.push(yes);
      if (no && (value === false || value === "false")) states.push(no);
    };
    if (["checkbox", "radio", "switch"].includes(role)) {
      if (node.indeterminate || aria("checked") === "mixed") states.push("partly-checked");
      else either(node.checked ?? aria("checked"), "checked", "not-checked");
    }
    if (role === "disclosure") either(node.parentElement.open, "expanded", "collapsed");
    else either(aria("expanded"), "expanded", "collapsed");
    if (role === "tab" || role === "option") either(aria("selected"), "selected");
    either(aria("pressed"), "pressed", "not-pressed");
    either(node.required || aria("required"), "required");
    either(node.readOnly || aria("readonly"), "readonly");
    either(node.disabled || aria("disabled"), "unavailable");
    if (aria("invalid") && aria("invalid") !== "false") states.push("invalid");
    const current = aria("current");
    if (current && current !== "false") {
      states.push(current === "true" ? "current" : `current-${current}`);
    }
    return [...states.map((state) => this.say(state)), valueOf(role, node), descriptionOf(node, name)]
      .filter(Boolean)
      .join(", ");
  }
}

// What the library does not tell ------------------------------------------------------------------

function roleOf({ node, phrase, name }) {
  switch (node.tagName) {
    case "SUMMARY":
      return "disclosure";
    case "IFRAME":
      return "frame";
    case "VIDEO":
    case "AUDIO":
      return node.tagName.toLowerCase();
    case "FIGCAPTION":
      return "none";
    case "OBJECT":
    case "EMBED":
      return "embedded";
    case "INPUT":
      if (node.type in FIELDS) return "date-field";
      if (node.type === "file") return "file-field";
  }
  if (node.hasAttribute("aria-roledescription")) return node.getAttribute("role") ?? "group";
  // The library gives an element without a role by its name alone.
  const role = phrase.split(", ")[0];
  return phrase !== name && /^[a-z]+$/.test(role) ? role : "";
}

function nameOf({ node, name }, role) {
  if (role === "figure" && !name) {
    return tidy(node.querySelector("figcaption")?.textContent ?? "");
  }
  if (role === "image" && !name && node.tagName === "IMG" && !node.hasAttribute("alt")) {
    // NVDA and VoiceOver fall back to the name of the file.
    return decodeURIComponent(new URL(node.src, node.baseURI).pathname.split("/").at(-1));
  }
  if (role === "frame" || role === "video" || role === "audio" || role === "embedded") {
    return tidy(node.getAttribute("aria-label") ?? node.getAttribute("title") ?? "");
  }
  if (NAMED_BY_CONTENT.has(role) && !name) return tidy(node.textContent);
  // The library adds the value to the name of a field; here the value is a state.
  const value = `, ${tidy(node.selectedOptions?.[0]?.textContent ?? String(node.value ?? ""))}`;
  return tidy(value.length > 2 && name.endsWith(value) ? name.slice(0, -value.length) : name);
}

function valueOf(role, node) {
  if (role === "combobox" && node.selectedOptions) {
    return [...node.selectedOptions].map((option) => tidy(option.textContent)).join(", ");
  }
  if (role === "progressbar" || role === "meter") {
    const percent = node.position >= 0 ? `${Math.round(node.position * 100)} %` : "";
    return node.getAttribute("aria-valuetext") ?? percent;
  }
  const written = ["textbox", "searchbox", "spinbutton", "slider", "date-field"].includes(role);
  return written && node.type !== "password" ? (node.value ?? "") : "";
}

function descriptionOf(node, name) {
  const described = (node.getAttribute("aria-describedby") ?? "")
    .split(/\s+/)
    .map((id) => id && node.ownerDocument.getElementById(id)?.textContent)
    .filter(Boolean)
    .join(" ");
  const title = node.getAttribute("title") ?? "";
  return tidy(described) || (title && tidy(title) !== name ? tidy(title) : "");
}

function isText(entries) {
  return entries.every(
    (entry) =>
      entry.node.nodeType === Node.TEXT_NODE ||
      entry.generated ||
      (SILENT.has(roleOf(entry) || "none") && isText(entry.children)),
  );
}

function isUnnamedGroup(role, { node, name }) {
  if (role === "form" || role === "region") return !name;
  return role === "group" && (node.tagName === "DETAILS" || !name);
}

function partsOf(element) {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const parts = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.data.replace(/\s+/g, " ");
    const lang = languageOf(walker.currentNode.parentElement);
    if (parts.at(-1)?.lang === lang) parts.at(-1).text += text;
    else if (text.trim()) parts.push({ text, lang });
  }
  return parts.length > 1 ? parts : [];
}
