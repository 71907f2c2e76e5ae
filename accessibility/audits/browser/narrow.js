/**
 * At 320 CSS pixels (WCAG 1.4.10), on a phone and at 400 % on a desk.
 *
 * reflow: what sticks out to the side, what is cut off, and bars that leave no room to read
 * targets: what is smaller than 44 px to a finger (2.5.5), links within text left out
 */
() => {
  const { cutOff, isSeen, place, style, tabStops } = window.accessibilityAudit;
  const MOST = 10;
  const SMALLEST = 44;
  // Parts that need two dimensions to be understood may scroll (1.4.10).
  const TWO_DIMENSIONAL = "table, svg, canvas, video, iframe, [role=application], [role=grid]";

  function reflow() {
    style("");
    const found = [];
    const width = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth > width + 1) {
      const out = [...document.body.querySelectorAll("*")].filter(
        (element) =>
          isSeen(element) &&
          element.getBoundingClientRect().right > width + 1 &&
          !isInScroller(element) &&
          !element.parentElement.closest(TWO_DIMENSIONAL),
      );
      const innermost = out.filter((element) => !out.some((other) => other !== element && element.contains(other)));
      found.push(...innermost, ...(innermost.length ? [] : [document.body]));
    }
    found.push(...cutOff(), ...bars());
    return [...new Set(found)].slice(0, MOST).map((element) => place(element));
  }

  function isInScroller(element) {
    for (let step = element.parentElement; step && step !== document.body; step = step.parentElement) {
      if (getComputedStyle(step).overflowX !== "visible") return true;
    }
    return false;
  }

  /** Bars that stay while one scrolls, and together take more than two thirds of the height. */
  function bars() {
    const fixed = [...document.body.querySelectorAll("*")].filter((element) => {
      const position = getComputedStyle(element).position;
      if (position !== "fixed" && position !== "sticky") return false;
      if (!isSeen(element) || element.parentElement.closest("dialog")) return false;
      return element.getBoundingClientRect().width > innerWidth / 2;
    });
    const height = fixed.reduce((sum, element) => sum + element.getBoundingClientRect().height, 0);
    return height > (innerHeight * 2) / 3 ? fixed.slice(0, 1) : [];
  }

  function targets() {
    style("");
    return tabStops()
      .filter((element) => isSeen(element) && !isInText(element) && isSmall(element))
      .slice(0, MOST)
      .map((element) => {
        const { width, height } = element.getBoundingClientRect();
        return place(element, { width: Math.round(width), height: Math.round(height) });
      });
  }

  function isSmall(element) {
    const boxes = [element, ...(element.labels ?? [])].map((item) => item.getBoundingClientRect());
    return boxes.every(({ width, height }) => width < SMALLEST - 0.5 || height < SMALLEST - 0.5);
  }

  function isInText(element) {
    if (getComputedStyle(element).display !== "inline") return false;
    const parent = element.closest("p, li, dd, dt, td, th, figcaption, blockquote, h1, h2, h3, h4, h5, h6, div");
    return parent !== null && parent.innerText.trim().length > element.innerText.trim().length;
  }

  Object.assign(window.accessibilityAudit, { reflow, targets });
};
