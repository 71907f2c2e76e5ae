/** What all checks share: evaluated before the page's own scripts, and in each check's realm. */
(() => {
  if (window.accessibilityAudit) return;

  const FOCUSABLE = `a[href], area[href], button, input:not([type=hidden]), select, textarea, summary,
    iframe, audio[controls], video[controls], [contenteditable]:not([contenteditable=false]), [tabindex]`;
  const sheet = new CSSStyleSheet();

  /** Finds the element by `querySelector`. */
  function selectorOf(element) {
    const steps = [];
    for (let step = element; step; step = step.parentElement) {
      if (step.id && document.querySelectorAll(`#${CSS.escape(step.id)}`).length === 1) {
        steps.unshift(`#${CSS.escape(step.id)}`);
        break;
      }
      const alike = [...(step.parentElement?.children ?? [])].filter(
        (other) => other.localName === step.localName,
      );
      const place = alike.length > 1 ? `:nth-of-type(${alike.indexOf(step) + 1})` : "";
      steps.unshift(`${CSS.escape(step.localName)}${place}`);
    }
    return steps.join(" > ");
  }

  function excerptOf(element) {
    if (element === document.documentElement || element === document.body) {
      return element.cloneNode(false).outerHTML.replace(/<\/.*/, "");
    }
    const line = element.outerHTML.replace(/\s+/g, " ").trim();
    return line.length > 160 ? `${line.slice(0, 159)}…` : line;
  }

  /** A finding of a check, as Python takes it. */
  function place(element, values = {}) {
    return { selector: selectorOf(element), excerpt: excerptOf(element), values };
  }

  /** Whether a person sees it: not what is there for screen readers alone, one pixel large. */
  function isSeen(element) {
    const { width, height } = element.getBoundingClientRect();
    return (
      width > 2 &&
      height > 2 &&
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      !isClipped(element)
    );
  }

  function isClipped(element) {
    for (let step = element; step && step !== document.body; step = step.parentElement) {
      const style = getComputedStyle(step);
      const { width, height } = step.getBoundingClientRect();
      if (style.overflow !== "visible" && (width <= 2 || height <= 2)) return true;
      if (/rect\((0|1)px,? /.test(style.clip) || /^inset\((50|100)%/.test(style.clipPath)) return true;
    }
    return false;
  }

  /** Elements in which text stands directly, and is seen. */
  function textElements(root = document.body) {
    const found = new Set();
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode;
      if (data.trim() && !parentElement.closest("script, style, noscript, template, svg")) {
        found.add(parentElement);
      }
    }
    return [...found].filter(isSeen);
  }

  /** What the Tab key should reach, in document order; of radio buttons one of each group. */
  function tabStops() {
    const groups = new Set();
    return [...document.querySelectorAll(FOCUSABLE)].filter((element) => {
      if (element.tabIndex < 0 || element.matches(":disabled, [inert] *")) return false;
      if (element.localName === "summary" && element.parentElement.localName !== "details") return false;
      if (!element.checkVisibility({ visibilityProperty: true })) return false;
      if (element.type === "radio" && element.name) {
        const group = [...(element.form ?? document).querySelectorAll("input[type=radio]")].filter(
          (other) => other.name === element.name && other.form === element.form,
        );
        const checked = group.find((other) => other.checked);
        if (checked ? checked !== element : groups.has(group[0])) return false;
        groups.add(group[0]);
      }
      return true;
    });
  }

  /** Put a style sheet in the place of the one before; works under a strict CSP. */
  function style(css) {
    // Whatever moves stands still at once, at the end of its way.
    sheet.replaceSync(
      `*, *::before, *::after { transition-duration: 0s !important; transition-delay: 0s !important;
        animation-duration: 1ms !important; animation-delay: 0s !important;
        animation-iteration-count: 1 !important; scroll-behavior: auto !important; } ${css}`,
    );
    if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
  }

  /** Elements whose text is cut off by their own box. Scrollers are no such thing. */
  function cutOff() {
    const found = [];
    for (const element of document.body.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      const cutsX = /hidden|clip/.test(style.overflowX);
      const cutsY = /hidden|clip/.test(style.overflowY);
      if (!(cutsX || cutsY) || !isSeen(element) || !element.innerText?.trim()) continue;
      const wide = cutsX && element.scrollWidth > element.clientWidth + 1;
      const high = cutsY && element.scrollHeight > element.clientHeight + 1;
      if ((wide || high) && textSticksOut(element, wide, high)) found.push(element);
    }
    return found;
  }

  /** Whether it is text that is cut off, and not a picture or an ornament. */
  function textSticksOut(element, wide, high) {
    const box = element.getBoundingClientRect();
    const range = document.createRange();
    return textElements(element).some((child) => {
      range.selectNodeContents(child);
      const text = range.getBoundingClientRect();
      return (wide && text.right > box.right + 1) || (high && text.bottom > box.bottom + 2);
    });
  }

  /**
   * Elements whose text runs out of their own box below, and over text that follows. What floats
   * above the page, such as a menu, is no such thing.
   */
  function runsOver() {
    const spilling = [...document.body.querySelectorAll("*")].filter(spills);
    const innermost = spilling.filter((element) => !spilling.some((other) => other !== element && element.contains(other)));
    const texts = innermost.length ? textElements().filter(isInFlow) : [];
    return innermost.filter((element) => {
      const { bottom } = element.getBoundingClientRect();
      const lines = texts
        .filter((text) => element.contains(text))
        .flatMap(linesOf)
        .filter((line) => line.top + line.height / 2 > bottom);
      return texts
        .filter((text) => !element.contains(text) && follows(text, element))
        .some((text) => linesOf(text).some((other) => lines.some((line) => areOverEachOther(line, other))));
    });
  }

  function spills(element) {
    const { overflowX, overflowY, display } = getComputedStyle(element);
    return (
      overflowX === "visible" &&
      overflowY === "visible" &&
      display !== "inline" &&
      element.clientHeight > 0 &&
      element.scrollHeight > element.clientHeight + 1 &&
      isInFlow(element) &&
      isSeen(element)
    );
  }

  function isInFlow(element) {
    for (let step = element; step && step !== document.body; step = step.parentElement) {
      if (/absolute|fixed|sticky/.test(getComputedStyle(step).position)) return false;
    }
    return true;
  }

  function follows(element, other) {
    return Boolean(other.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
  }

  /** The rectangles of the text that stands directly in an element, line by line. */
  function linesOf(element) {
    return [...element.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
      .flatMap((node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return [...range.getClientRects()];
      });
  }

  /** Whether two lines share a third of their height: the tails of letters may touch. */
  function areOverEachOther(one, other) {
    const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    return width > 2 && height > Math.min(one.height, other.height) / 3;
  }

  window.accessibilityAudit = { cutOff, isSeen, place, runsOver, selectorOf, style, tabStops, textElements };
})();
