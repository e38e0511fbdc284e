// @ts-check
/** The page that makes a phone one's own: asks the server, then makes the vault. */

import { isGood } from "./pin.js";
import { create, vaults } from "./vault.js";
import { loadWords, say } from "./words.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("enrol"));
const word = /** @type {HTMLElement} */ (document.getElementById("enrol-word"));

/** @param {string} key */
function tell(key) {
  word.textContent = say(key);
  word.className = key === "enrol_working" ? "muted" : "error";
}

/** @param {FormData} typed */
async function enrol(typed) {
  const [name, pin, again] = ["name", "pin", "again"].map((part) => String(typed.get(part)).trim());
  if (!name) return tell("enrol_no_name");
  if (!isGood(pin)) return tell("pin_weak");
  if (pin !== again) return tell("pin_differs");
  tell("enrol_working");
  const answer = await fetch("/field/devices/", {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": String(typed.get("csrfmiddlewaretoken")),
      Accept: "application/json",
    },
    body: JSON.stringify({ name }),
  }).catch(() => null);
  if (answer?.status !== 201) return tell(answer ? "enrol_refused" : "enrol_no_line");
  const vault = await create(pin, await answer.json(), String(form.dataset.rescueKey));
  localStorage.setItem("field-vault", vault.id);
  location.assign("/field/");
}

await loadWords();
const able = globalThis.crypto?.subtle && globalThis.indexedDB;
if (able) {
  await vaults();
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = /** @type {HTMLButtonElement} */ (form.querySelector("button.btn"));
    button.disabled = true;
    enrol(new FormData(form))
      .catch(() => tell("enrol_failed"))
      .finally(() => (button.disabled = false));
  });
} else tell("unable");
