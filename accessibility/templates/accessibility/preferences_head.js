"use strict";
// Applies the reader's choices before the first paint. The same CSS is written by the server for
// readers without scripts. Only known choices are looked for in the cookie, so nothing in it can
// become CSS.
(({ cookie, version, stylesheet, preferences }) => {
  const chosen = () => {
    const pair = document.cookie.split("; ").find((text) => text.startsWith(`${cookie}=`));
    const [first, ...parts] = (pair || "").slice(cookie.length + 1).split(".");
    return first === version ? parts : [];
  };
  const inForce = () => {
    const parts = chosen();
    return preferences.map(({ name, choices }) => ({
      name,
      ...(choices.find(({ value }) => parts.includes(`${name}-${value}`)) || choices[0]),
    }));
  };
  const css = () => inForce().map((choice) => choice.css).join("");
  // The preferences page says what is in force: otherwise Save would undo what was chosen elsewhere.
  const check = () => {
    for (const { name, value } of inForce()) {
      const radio = document.getElementById(`${name}-${value}`);
      if (radio) radio.checked = true;
    }
  };
  let apply;
  if ("replaceSync" in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    apply = () => sheet.replaceSync(css());
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  } else {
    // Older tablets: the stylesheet of those without scripts.
    const link = document.createElement("link");
    link.rel = "stylesheet";
    apply = () => (link.href = stylesheet);
    document.head.append(link);
  }
  apply();
  document.addEventListener("preferenceschange", apply);
  // Back to this page, out of the browser's memory.
  addEventListener("pageshow", (event) => {
    if (event.persisted) apply();
    check();
  });
})({{ table|safe }});
