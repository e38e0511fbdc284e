// @ts-check
/** Before anything is open: which vault, which PIN; and where to go without one. */

import { download, h, notice } from "./dom.js";
import { rescueFile } from "./rescue.js";
import { bring, changed, enter, state } from "./state.js";
import { counts } from "./queue.js";
import { WrongPin, unlock, vaults } from "./vault.js";
import { say } from "./words.js";

export async function lockScreen() {
  const known = await vaults();
  if (!known.length) return welcome();
  const rows = await Promise.all(known.map(async (row) => ({ row, waits: await counts(row.id) })));
  const last = localStorage.getItem("field-vault");
  const first = known.some(({ id }) => id === last) ? last : known[0].id;
  const word = h("div", {});
  const pin = h("input", { id: "pin", type: "password", inputmode: "numeric", autocomplete: "off", class: "short", required: true });
  const choice = () => /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=vault]:checked"))?.value ?? first;
  const open = async (/** @type {Event} */ event) => {
    event.preventDefault();
    await tryPin(choice(), pin, word);
  };
  const rescue = async () => download(await rescueFile(choice()), `smart-kampung-${new Date().toISOString().slice(0, 10)}.json`);
  return [
    h("h1", {}, say("lock_title")),
    farewell(),
    h("form", { onsubmit: open },
      vaultChoice(rows, first),
      h("div", { class: "field" }, h("label", { for: "pin" }, say("pin")), word, pin),
      h("div", { class: "actions" }, h("button", { class: "btn btn-big" }, say("open"))),
    ),
    h("details", {}, h("summary", {}, say("pin_forgotten")),
      h("p", {}, say("pin_forgotten_how")),
      h("p", {}, h("button", { type: "button", class: "btn btn-quiet", onclick: rescue }, say("rescue_save")))),
    h("p", {}, h("a", { href: "/field/enrol/" }, say("enrol_other"))),
  ];
}

/** @param {{row: any, waits: any}[]} rows @param {string} first */
function vaultChoice(rows, first) {
  const label = (/** @type {any} */ { row: { number, initial }, waits: { queued, draft } }) =>
    [say("vault", { number, initial }), queued + draft ? say("vault_waits", { count: queued + draft }) : ""].filter(Boolean).join(" · ");
  if (rows.length === 1) return h("p", { class: "lead" }, label(rows[0]));
  const options = rows.map((one, at) => {
    const id = `vault-${at}`;
    const input = h("input", { type: "radio", name: "vault", id, value: one.row.id, checked: one.row.id === first });
    return h("div", {}, h("label", { for: id }, input, h("span", {}, label(one))));
  });
  return h("fieldset", { class: "field" }, h("legend", {}, say("vault_which")), h("div", { class: "choices" }, options));
}

/** @param {string} id @param {HTMLInputElement} pin @param {HTMLElement} word */
async function tryPin(id, pin, word) {
  word.replaceChildren(h("p", { class: "muted", role: "status" }, say("pin_trying")));
  try {
    await enter(await unlock(id, pin.value));
    localStorage.setItem("field-vault", id);
    changed.tell();
    bring();
  } catch (error) {
    if (!(error instanceof WrongPin)) throw error;
    const text = error.seconds ? say("pin_wait", { seconds: error.seconds }) : say("pin_wrong");
    word.replaceChildren(h("p", { class: "error", role: "alert" }, text));
    pin.value = "";
    pin.focus();
  }
}

function farewell() {
  if (!state.erased) return null;
  return notice(state.erased === "signed_out" ? "ok" : "wait", say(`erased_${state.erased}`));
}

function welcome() {
  return [
    h("h1", {}, say("welcome_title")),
    farewell(),
    h("p", { class: "lead" }, say("welcome_what")),
    h("p", {}, say("welcome_how")),
    h("div", { class: "actions" }, h("a", { class: "btn btn-big", href: "/field/enrol/" }, say("enrol"))),
  ];
}
