/** The previews that an editor has, and what is said in them. */

const FRAME_MODULE = new URL("./preview-frame.js", import.meta.url).href;
const MARK = "data-accessibility-place";
// Milliseconds. Wagtail waits twice for 500 (for changes, then for the preview), which is too long
// for somebody who listens to what was just written.
const PAUSE_IN_TYPING = 100;

/** The preview must allow scripts of this site. */
export class ScriptRefused extends Error {}

/** Wagtail's own preview panel, opened beside ours. It renews itself while it is shown. */
export class WagtailPreview {
  #panel = document.querySelector('[data-side-panel="preview"]');
  #sidePanels = document.querySelector("[data-form-side]");
  #preview = this.#panel.querySelector("[data-controller~=w-preview]");
  /** The form, as Wagtail compares it, of the newest preview. */
  #shown;

  constructor() {
    document.addEventListener("w-preview:update", () => {
      this.#shown = window.wagtail.app.queryController("w-unsaved")?.formData;
    });
    // Two seconds after it opened, and whenever a draft was saved, Wagtail takes the form as it is
    // for unchanged. What was written meanwhile would be shown only after the next change.
    document.addEventListener("w-unsaved:watch-edits", ({ detail }) => {
      if (detail.initialFormData !== this.#shown) this.#preview.dataset.wPreviewStaleValue = "true";
    });
  }

  get frame() {
    const frame = document.getElementById("w-preview-iframe");
    return frame?.contentDocument?.URL.startsWith("http") ? frame : null;
  }

  onRenewed(callback) {
    document.addEventListener("w-preview:loaded", callback);
    // The form has errors: what was shown stays.
    document.addEventListener("w-preview:json", ({ detail }) => {
      if (!detail.data.is_valid && !this.frame) callback();
    });
  }

  show() {
    this.#renewSooner();
    this.#panel.hidden = false;
    this.#sidePanels.classList.add("form-side--preview");
    this.#panel.dispatchEvent(new CustomEvent("show"));
  }

  /** By the values of Wagtail's own controllers; 0 stands for a site that renews no preview. */
  #renewSooner() {
    const { dataset } = this.#preview;
    const form = document.querySelector("[data-controller~=w-unsaved]");
    if (dataset.wPreviewAutoUpdateIntervalValue === "0") return;
    dataset.wPreviewAutoUpdateIntervalValue = PAUSE_IN_TYPING;
    if (form) form.dataset.wUnsavedCheckIntervalValue = PAUSE_IN_TYPING;
  }
}

/** wagtail-localize's editor has no preview panel: a frame of our own, read anew after each save. */
export class TranslationPreview {
  frame = null;
  #callback = () => {};
  #place;
  #url;

  constructor(place, title) {
    const { props } = document.querySelector(".js-translation-editor").dataset;
    this.#url = JSON.parse(props).previewModes[0].url;
    this.#place = place;
    this.title = title;
    const saves = /\/(strings|overrides)\/\d+\/edit\/$/;
    new PerformanceObserver((list) => {
      const saved = list.getEntries().some(({ name }) => saves.test(new URL(name).pathname));
      if (saved && this.#place.offsetParent) this.#load();
    }).observe({ type: "resource" });
  }

  onRenewed(callback) {
    this.#callback = callback;
  }

  show() {
    if (!this.frame) this.#load();
  }

  /** Loaded beside the old one, so that it does not go blank, and put where one was reading. */
  #load() {
    const next = document.createElement("iframe");
    next.title = this.title;
    next.className = "screen-reader__preview";
    next.src = this.#url;
    next.addEventListener("load", () => {
      next.contentWindow.scrollTo({ top: this.frame?.contentWindow.scrollY ?? 0, behavior: "instant" });
      for (const old of this.#place.querySelectorAll("iframe")) if (old !== next) old.remove();
      this.frame = next;
      this.#callback();
    }, { once: true });
    this.#place.append(next);
  }
}

/** What a screen reader says in a frame; the library works only in the realm of its page. */
export async function readFrame(frame) {
  const { contentDocument: document, contentWindow: window } = frame;
  if (!window.accessibilityTranscript) {
    window.accessibilityTranscript = await new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.type = "module";
      script.src = FRAME_MODULE;
      script.addEventListener("error", () => reject(new ScriptRefused(FRAME_MODULE)));
      window.addEventListener("accessibility:transcript", ({ detail }) => resolve(detail.transcript), {
        once: true,
      });
      document.head.append(script);
    });
  }
  return window.accessibilityTranscript(document.body);
}

/** Load a page where nobody sees it, but with a layout, so that what is hidden in it is known. */
export function loadUnseen(url, place) {
  const frame = document.createElement("iframe");
  frame.className = "screen-reader__unseen";
  frame.title = "";
  frame.setAttribute("aria-hidden", "true");
  frame.tabIndex = -1;
  frame.src = url;
  place.append(frame);
  return new Promise((resolve) => {
    frame.addEventListener("load", () => resolve(frame), { once: true });
  });
}

/** Put a frame around an element of a preview, the only one. */
export function mark(frame, element) {
  const { contentDocument: document, contentWindow: window } = frame;
  if (!document.accessibilityMarkSheet) {
    const sheet = new window.CSSStyleSheet();
    sheet.replaceSync(
      `[${MARK}] { outline: 4px solid #c2185b !important; outline-offset: 3px !important; }`,
    );
    document.adoptedStyleSheets.push(sheet);
    document.accessibilityMarkSheet = sheet;
  }
  for (const marked of document.querySelectorAll(`[${MARK}]`)) marked.removeAttribute(MARK);
  element.setAttribute(MARK, "");
}
