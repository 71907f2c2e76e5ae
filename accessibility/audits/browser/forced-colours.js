/**
 * What vanishes when the system sets the colours (`forced-colors: active`): symbols that are cut
 * out of a background by a mask, controls that are nothing but a background, and text that keeps
 * the colours of its author but not their contrast.
 */
() => {
  const { isSeen, place, style, tabStops } = window.accessibilityAudit;
  const MOST = 10;
  style("");
  const masked = [...document.body.querySelectorAll("*")].filter((element) => {
    const computed = getComputedStyle(element);
    if (computed.maskImage === "none" || !isSeen(element)) return false;
    return computed.forcedColorAdjust !== "none" && vanishes(computed.backgroundColor, element);
  });
  const bare = tabStops().filter((element) => {
    if (!isSeen(element) || element.matches("input, select, textarea, summary, iframe, audio, video")) return false;
    if (element.innerText?.trim() || element.querySelector("img, svg, picture, canvas")) return false;
    const computed = getComputedStyle(element);
    const bordered = computed.borderTopStyle !== "none" && parseFloat(computed.borderTopWidth) > 0;
    const pictured = computed.backgroundImage !== "none";
    const generated = ["::before", "::after"].some((pseudo) => {
      const content = getComputedStyle(element, pseudo).content;
      return content !== "none" && content !== '""' && content !== "normal";
    });
    return !bordered && !pictured && !generated && !masked.some((item) => element.contains(item));
  });
  return [...masked, ...bare].slice(0, MOST).map((element) => place(element));

  function vanishes(colour, element) {
    const behind = getComputedStyle(element.parentElement).backgroundColor;
    return colour === behind || /, 0\)$|^transparent$/.test(colour) || colour === canvas();
  }

  function canvas() {
    return getComputedStyle(document.documentElement).backgroundColor;
  }
};
