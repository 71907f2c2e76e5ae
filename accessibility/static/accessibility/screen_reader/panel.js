/** The screen-reader panel: reads the preview whenever it is renewed, and shows what is said. */

import { findings } from "../checker/findings.js";
import { changedWords, changes, languagesOf } from "./diff.js";
import { fieldOf } from "./form-fields.js";
import { loadUnseen, mark, readFrame, ScriptRefused, TranslationPreview, WagtailPreview } from "./preview.js";
import { LANDMARKS } from "./structure.js";

const VIEWS = {
  headings: ({ role }) => role === "heading",
  landmarks: ({ role }) => LANDMARKS.includes(role),
  links: ({ role }) => role === "link",
};

// Pixels of the form beside the panels, below which a field in it is not to be seen.
const LEAST_OF_FORM = 200;

let panel;

/** Called each time the panel is opened. */
export function open(element) {
  panel ??= new Panel(element);
  panel.open();
}

class Panel {
  #phrases = [];
  #issues = new Map();
  #pageIssues = [];
  #unchecked = false;
  #published = null;
  #reading = 0;
  /** The place of the phrase that was chosen last, as a selector. */
  #chosen = "";

  constructor(element) {
    this.element = element;
    const data = element.querySelector("#screen-reader-configuration").textContent;
    this.configuration = JSON.parse(data);
    this.texts = this.configuration.texts;
    this.configuration.url = this.configuration.checkUrl;
    this.configuration.csrfToken = document.querySelector("[name=csrfmiddlewaretoken]").value;
    this.status = element.querySelector("[data-status]");
    this.frames = element.querySelector("[data-frames]");
    this.tabs = [...element.querySelectorAll("[role=tab]")];
    this.form = document.querySelector("[data-edit-form]") ?? document.querySelector(".js-translation-editor");
    this.preview = document.querySelector('[data-side-panel="preview"]')
      ? new WagtailPreview()
      : new TranslationPreview(this.frames, this.texts.previewTitle);
    this.preview.onRenewed(() => this.#renew());
    element.addEventListener("click", (event) => this.#click(event));
    element.querySelector("[role=tablist]").addEventListener("keydown", (event) => this.#key(event));
  }

  open() {
    this.preview.show();
    if (this.preview.frame) this.#renew();
  }

  async #renew() {
    if (this.element.hidden) return;
    const { frame } = this.preview;
    if (!frame) return this.#say(this.texts.noPreview);
    const reading = (this.#reading += 1);
    const isOld = () => reading !== this.#reading;
    const found = findings(frame.contentDocument, this.configuration);
    found.catch(() => {});
    try {
      const phrases = await readFrame(frame);
      if (isOld()) return;
      this.#phrases = phrases;
    } catch (error) {
      if (isOld()) return;
      this.#phrases = [];
      console.error(error);
      this.#say(error instanceof ScriptRefused ? this.texts.noScript : this.texts.noPreview);
      return this.#render();
    }
    this.#issues = new Map();
    this.#pageIssues = [];
    this.#render();
    this.#mark();
    try {
      const complaints = await found;
      if (isOld()) return;
      this.#unchecked = false;
      this.#attach(complaints, frame.contentDocument);
    } catch (error) {
      if (isOld()) return;
      console.error(error);
      this.#unchecked = true;
    }
    this.#render();
    this.#sayResult();
  }

  /**
   * Give each finding to the phrase that it quotes, or that stands at its place, or is the first
   * inside it; what has no phrase is said of the whole page.
   */
  #attach(complaints, document) {
    const elements = this.#phrases.map(({ selector }) => document.querySelector(selector));
    for (const { finding, element } of complaints) {
      const place = element && document.body.contains(element) ? element : document.body;
      const inside = elements.map((other) => other !== document.body && place.contains(other));
      const attempts = [
        this.#phrases.findIndex(({ name }, index) => inside[index] && quotes(finding.excerpt, name)),
      ];
      if (place !== document.body) {
        attempts.push(elements.indexOf(place), inside.indexOf(true));
        attempts.push(elements.findLastIndex((other) => other?.contains(place)));
      }
      const index = attempts.find((attempt) => attempt >= 0);
      if (index === undefined || elements[index] === document.body) this.#pageIssues.push(finding);
      else this.#issues.set(index, [...(this.#issues.get(index) ?? []), finding]);
    }
  }

  // Showing ---------------------------------------------------------------------------------------

  #render() {
    const view = this.#view;
    if (view === "changes") this.#renderChanges();
    else this.#renderPhrases(view);
    this.#count();
  }

  /** Show this in a view, and leave the focus where it was. */
  #fill(view, ...parts) {
    const content = this.#content(view);
    const focused = content.querySelector("[data-phrase]:focus")?.dataset.phrase;
    content.replaceChildren(...parts);
    if (focused) content.querySelector(`[data-phrase="${focused}"]`)?.focus();
  }

  #renderPhrases(view) {
    const list = make("ol", "screen-reader__phrases");
    this.#phrases.forEach((phrase, index) => {
      if (VIEWS[view] && !VIEWS[view](phrase)) return;
      const item = make("li", "screen-reader__phrase");
      if (view === "headings") item.style.setProperty("--level", phrase.level ?? 1);
      item.append(this.#button(phrase, index));
      item.append(...(this.#issues.get(index) ?? []).map((issue) => this.#issue(issue)));
      list.append(item);
    });
    const parts = [];
    if (view === "transcript" && this.#pageIssues.length) {
      const heading = make("h4", "screen-reader__heading", this.texts.wholePage);
      parts.push(heading, ...this.#pageIssues.map((issue) => this.#issue(issue)));
    }
    parts.push(list.children.length ? list : make("p", "", this.texts.none[view]));
    this.#fill(view, ...parts);
  }

  #button(phrase, index) {
    const button = make("button", "screen-reader__button");
    button.type = "button";
    button.dataset.phrase = index;
    if (phrase.selector === this.#chosen) button.setAttribute("aria-current", "true");
    const parts = phrase.parts.length ? phrase.parts : [{ text: phrase.name, lang: phrase.lang }];
    const said = parts.filter(({ text }) => text).map(({ text, lang }) => {
      const name = make("span", "screen-reader__name", text);
      if (lang) name.lang = lang;
      return name;
    });
    const words = phrase.words && make("span", "screen-reader__words", phrase.words);
    const states = phrase.states && make("span", "screen-reader__words", phrase.states);
    const lang = make("span", "screen-reader__lang", languagesOf(phrase));
    for (const own of [words, states].filter(Boolean)) own.lang = this.#pageLanguage;
    button.append(...[words, ...said, states, lang].filter(Boolean).flatMap((part) => [part, " "]));
    return button;
  }

  #issue({ severity, message, remedy, criterion }) {
    const template = this.element.querySelector("template[data-issue]");
    const issue = template.content.cloneNode(true).firstElementChild;
    issue.dataset.severity = severity;
    issue.querySelector("[data-severity]").textContent = `${this.texts[severity]} (WCAG ${criterion}):`;
    issue.querySelector("[data-message]").append(...quoting(message, this.#pageLanguage));
    issue.querySelector("[data-remedy]").append(...quoting(remedy, this.#pageLanguage));
    return issue;
  }

  async #renderChanges() {
    const id = this.#pageId;
    this.#published ??= id ? this.#readPublished(id) : Promise.resolve(null);
    let published;
    try {
      published = await this.#published;
    } catch (error) {
      console.error(error);
      this.#published = null;
      return this.#fill("changes", make("p", "", this.texts.publishedUnread));
    }
    if (!published) return this.#fill("changes", make("p", "", this.texts.notPublished));
    const list = make("ol", "screen-reader__phrases");
    for (const { removed, added } of changes(published, this.#phrases)) {
      const item = make("li", "screen-reader__phrase");
      const label = removed && added ? "changed" : added ? "added" : "removed";
      const line = make("span", "screen-reader__change");
      line.append(make("strong", "", this.texts[label]), " ");
      line.append(...marked(removed, added));
      if (added) {
        const button = make("button", "screen-reader__button");
        button.type = "button";
        button.dataset.phrase = this.#phrases.indexOf(added);
        if (added.selector === this.#chosen) button.setAttribute("aria-current", "true");
        button.append(line);
        item.append(button);
      } else item.append(line);
      list.append(item);
    }
    const none = make("p", "", this.texts.none.changes);
    this.#fill("changes", list.children.length ? list : none);
  }

  async #readPublished(id) {
    const url = this.configuration.publishedUrl.replace("/0/", `/${id}/`);
    const answer = await fetch(url, { method: "GET", redirect: "manual" });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
    const frame = await loadUnseen(url, this.frames);
    try {
      return await readFrame(frame);
    } finally {
      frame.remove();
    }
  }

  // Choosing --------------------------------------------------------------------------------------

  #click(event) {
    const tab = event.target.closest("[role=tab]");
    if (tab) return this.#choose(tab);
    const button = event.target.closest("[data-phrase]");
    if (button) this.#show(this.#phrases[button.dataset.phrase], button);
  }

  #show(phrase, button) {
    this.#chosen = phrase.selector;
    const element = this.#mark();
    if (!element) return;
    for (const other of this.element.querySelectorAll("[data-phrase][aria-current]")) {
      other.removeAttribute("aria-current");
    }
    button.setAttribute("aria-current", "true");
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const field = fieldOf(element, phrase.name, this.form);
    this.#say(field ? this.texts.shownWithField.replace("{field}", field.label) : this.texts.shown);
    if (field) {
      this.#uncoverForm();
      field.focus();
    }
  }

  /** Mark the chosen place in the preview, and return its element, if it is still there. */
  #mark() {
    const { frame } = this.preview;
    const element = this.#chosen && frame?.contentDocument.querySelector(this.#chosen);
    if (element) mark(frame, element);
    return element;
  }

  /** In a narrow window the panels lie over the form, which must not get a focus that is not seen. */
  #uncoverForm() {
    const sidePanels = this.element.closest("[data-form-side]");
    const { left } = sidePanels.getBoundingClientRect();
    if (left < this.form.getBoundingClientRect().left + LEAST_OF_FORM) {
      document.querySelector('[data-side-panel-toggle="screen-reader"]').click();
    }
  }

  #choose(tab) {
    for (const other of this.tabs) {
      const chosen = other === tab;
      other.setAttribute("aria-selected", chosen);
      other.tabIndex = chosen ? 0 : -1;
      document.getElementById(other.getAttribute("aria-controls")).hidden = !chosen;
    }
    this.#render();
  }

  /** Arrow keys, Home and End among the tabs, as the ARIA practices have it. */
  #key(event) {
    const index = this.tabs.indexOf(event.target);
    const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: -1 }[event.key];
    if (index < 0 || next === undefined) return;
    event.preventDefault();
    const tab = this.tabs.at(next % this.tabs.length);
    tab.focus();
    this.#choose(tab);
  }

  // Telling ---------------------------------------------------------------------------------------

  #sayResult() {
    const issues = this.#issues.size + (this.#pageIssues.length ? 1 : 0);
    const result = this.#unchecked
      ? this.texts.notChecked
      : issues
        ? this.#plural("phrasesWithIssues", issues)
        : this.texts.noIssues;
    this.#say(`${this.#plural("phrases", this.#phrases.length)} ${result}`);
  }

  #say(text) {
    // Saying the same again would interrupt an editor at every pause in typing.
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  #plural(key, n) {
    return this.texts[key][n === 1 ? 0 : 1].replace("{n}", n);
  }

  #count() {
    const counter = document.querySelector(
      '[data-side-panel-toggle="screen-reader"] [data-side-panel-toggle-counter]',
    );
    const count = [...this.#issues.values()].flat().length + this.#pageIssues.length;
    counter.textContent = count;
    counter.hidden = count === 0;
  }

  get #view() {
    return this.tabs.find((tab) => tab.getAttribute("aria-selected") === "true").dataset.view;
  }

  #content(view) {
    return this.element.querySelector(`#screen-reader-${view} [data-content]`);
  }

  get #pageLanguage() {
    return this.preview.frame?.contentDocument.documentElement.lang ?? "";
  }

  /** The page that the address names; a page that has never been saved has none. */
  get #pageId() {
    const [before, after] = this.configuration.editUrl.split("/0/");
    const path = window.location.pathname;
    if (!path.startsWith(`${before}/`) || !path.includes(`/${after}`)) return null;
    return path.slice(before.length + 1).match(/^\d+/)?.[0] ?? null;
  }
}

/** Whether a finding quotes words that a phrase says. */
function quotes(excerpt, name) {
  const quoted = excerpt.replace(/…$/, "");
  return quoted.length > 1 && name.includes(quoted);
}

/** A message, with what it quotes from the page in the page's language (WCAG 3.1.2). */
function quoting(message, lang) {
  // Every second part stands between quotation marks.
  return message.split(/“([^”]+)”/).flatMap((text, number) => {
    if (number % 2 === 0) return [text];
    const quotation = make("span", "", text);
    quotation.lang = lang;
    return ["“", quotation, "”"];
  });
}

function make(name, className = "", text = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

/** A phrase with what was taken away in `del` and what is new in `ins`. */
function marked(removed, added) {
  const { lang } = added ?? removed;
  const words = changedWords(removed?.text ?? "", added?.text ?? "", lang);
  const parts = words.map(({ kind, text }) => {
    const part = make({ same: "span", removed: "del", added: "ins" }[kind], "", text);
    if (lang) part.lang = lang;
    return part;
  });
  if (removed && added && languagesOf(removed) !== languagesOf(added)) {
    parts.push(" ", make("del", "", languagesOf(removed)), " ", make("ins", "", languagesOf(added)));
  }
  return parts;
}
