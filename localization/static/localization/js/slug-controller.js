/* Slugs that keep combining marks, in Wagtail's editor.
 *
 * Wagtail's controller of slug fields (w-slug) drops every character that is not a letter or a
 * digit, and so the vowels and tone marks of Thai. This one is the same, except for what it keeps.
 * localization/slugs.py does it on the server. Where Wagtail is built otherwise than expected,
 * nothing is changed, and the server still accepts what is typed.
 */
(() => {
  const app = window.wagtail?.app;
  const Wagtails = app?.router?.modulesByIdentifier?.get("w-slug")?.definition?.controllerConstructor;
  if (!Wagtails) return;

  const MAX_LENGTH = Number(document.currentScript?.dataset.maxLength) || 80;

  const normalise = (text) =>
    text
      .normalize("NFKC")
      .replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, "")
      .replace(/เเ/g, "แ")
      .replace(/([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\1+/g, "$1")
      .replace(/([\u0e48-\u0e4c]{1,3})([\u0e31\u0e34-\u0e39\u0e47])/g, "$2$1")
      .replace(/([\u0e48-\u0e4b]?)\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, "$1$2ำ");

  const clean = (text) => normalise(text).toLowerCase().replace(/['’]/g, "");

  /* What somebody typed into the field: only what cannot stand in an address goes. */
  const slugify = (text) => clean(text).replace(/\s+/g, "-").replace(/[^\p{L}\p{M}\p{N}_-]/gu, "");

  /* What a title suggests: everything between words is one hyphen, and the end is a whole word. */
  const urlify = (title) => {
    const slug = clean(title)
      .replace(/[^\p{L}\p{M}\p{N}_]+/gu, "-")
      .replace(/^[-_]+|[-_]+$/g, "");
    if (slug.length <= MAX_LENGTH || !window.Intl?.Segmenter) return slug.slice(0, 255);
    let end = 0;
    for (const { segment } of new Intl.Segmenter("th", { granularity: "word" }).segment(slug)) {
      if (end + segment.length > MAX_LENGTH) break;
      end += segment.length;
    }
    return slug.slice(0, end || MAX_LENGTH).replace(/[-_]+$/, "");
  };

  class SlugController extends Wagtails {
    slugify(event, options) {
      return this.allowUnicodeValue ? this.keepMarks("slugify", slugify, event, options) : super.slugify(event, options);
    }

    urlify(event, options) {
      return this.allowUnicodeValue ? this.keepMarks("urlify", urlify, event, options) : super.urlify(event, options);
    }

    keepMarks(action, method, event, { ignoreUpdate = false, runFormat = !ignoreUpdate } = {}) {
      const source = event?.detail?.value ?? this.element.value;
      const value = method(this.prepareValue(source, { runFormat }) || "");
      if (value && !ignoreUpdate) this.applyUpdate(action, value, source);
      return value;
    }
  }

  app.register("w-slug", SlugController);
})();
