/** The words of the main part that a reader sees, with scripts or without. */
() => {
  const main = document.querySelector("main, [role=main]") ?? document.body;
  return { text: main.innerText.replace(/\s+/g, ""), ...window.accessibilityAudit.place(main) };
};
