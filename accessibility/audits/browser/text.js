/**
 * Text that a reader makes larger or sets wider.
 *
 * sizes: font size in px of each element with text, by selector, to be compared later
 * resize: text that stays small at a root font size of 200 % (WCAG 1.4.4), is cut off there, or runs
 *   over what follows
 * spacing: text that the spacing of WCAG 1.4.12 does not reach, cuts off, or lets run over what follows
 */
() => {
  const { cutOff, place, runsOver, selectorOf, style, textElements } = window.accessibilityAudit;
  const MOST = 10;
  // Twice the usual size: a heading that is as large as that need not double as well.
  const LARGE = 32;
  const sizeOf = (element) => parseFloat(getComputedStyle(element).fontSize);

  /** The outermost of them: what is said of a paragraph need not be said of its links. */
  function outermost(elements) {
    const all = new Set(elements);
    return elements
      .filter((element) => {
        for (let step = element.parentElement; step; step = step.parentElement) {
          if (all.has(step)) return false;
        }
        return true;
      })
      .slice(0, MOST);
  }

  function sizes() {
    return Object.fromEntries(textElements().map((element) => [selectorOf(element), sizeOf(element)]));
  }

  function isSmall(now, before) {
    return now < before * 1.2 || (now < before * 1.9 && now < LARGE);
  }

  function stayedSmall(before) {
    return outermost(
      Object.entries(before)
        .map(([selector, size]) => [document.querySelector(selector), size])
        .filter(([element, size]) => element?.checkVisibility() && isSmall(sizeOf(element), size))
        .map(([element]) => element),
    ).map((element) => place(element));
  }

  /** Elements whose text can no longer be read. */
  function spoiled() {
    return [...cutOff(), ...runsOver()];
  }

  function resize() {
    style("");
    const before = sizes();
    const spoiledBefore = new Set(spoiled());
    style(":root { font-size: 200% !important; }");
    const cut = outermost(spoiled().filter((element) => !spoiledBefore.has(element)));
    const found = [...stayedSmall(before), ...cut.map((element) => place(element))];
    style("");
    return found;
  }

  function spacing() {
    style("");
    const spoiledBefore = new Set(spoiled());
    style(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
      word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
    const cut = spoiled().filter((element) => !spoiledBefore.has(element));
    const fixed = textElements().filter((element) => {
      const computed = getComputedStyle(element);
      const size = parseFloat(computed.fontSize);
      const line = parseFloat(computed.lineHeight) < size * 1.5 - 0.1;
      return line || (parseFloat(computed.letterSpacing) || 0) < size * 0.12 - 0.05;
    });
    style("");
    return outermost([...cut, ...fixed]).map((element) => place(element));
  }

  Object.assign(window.accessibilityAudit, { resize, sizes, spacing, stayedSmall });
};
