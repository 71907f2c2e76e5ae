// Makes A− A A+ act without loading the page again. Without this module they are a plain form.

const form = document.querySelector(".text-size-controls__form");
const status = form?.querySelector("[role=status]");
const size = form?.querySelector(".text-size-controls__size");

async function choose(button) {
  const fields = new FormData(form);
  fields.set(button.name, button.value);
  const response = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json" },
  });
  if (!response.ok) throw new Error(`${form.action} answered ${response.status}`);
  const { choices, message } = await response.json();
  document.dispatchEvent(new Event("preferenceschange"));
  tellPreferencesPage(button.name, choices[button.name]);
  // A live region speaks of changes only: the same words at the largest size would be silent.
  status.textContent = status.textContent === message ? `${message}\u00a0` : message;
  // What the stylesheet writes would say it twice.
  size.hidden = true;
}

// Its form would save the size of before, and what it said was saved no longer holds. Choices of the
// other radios may still wait to be saved.
function tellPreferencesPage(name, value) {
  const radio = document.getElementById(`${name}-${value}`);
  if (radio) radio.checked = true;
  document.getElementById("saved")?.remove();
}

function submitPlainly(button) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: button.name, value: button.value });
  form.append(field);
  form.submit();
}

// The server counts steps from the cookie, so each step waits for the one before it.
let turn = Promise.resolve();

form?.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button) return;
  event.preventDefault();
  turn = turn.then(() => choose(button)).catch(() => submitPlainly(button));
});
