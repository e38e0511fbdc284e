// @ts-check
/** Fields of a form, drawn from what the server says a kind of work asks. */

import { h } from "./dom.js";
import { bound } from "./faults.js";
import { imageField } from "./images.js";
import { pick, say } from "./words.js";

/** A longer list of choices folds up. */
const MOST_BUTTONS = 8;
/** Choices of so many letters stand beside each other. */
const SHORT = 12;

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {"choice" | "number" | "text" | "bool" | "date" | "photo" | "signature"} type
 * @property {any} label
 * @property {any} [help]
 * @property {[string, any][]} [choices]
 * @property {boolean} [many]
 * @property {boolean} [required]
 * @property {any} [min]
 * @property {any} [max]
 * @property {string | number} [step]
 * @property {string} [format]
 * @property {string} [pattern] what a number of this format looks like
 * @property {string} [since] the question whose answer is the least
 * @property {string} [upto] the question whose answer is the most
 * @property {boolean} [long]
 * @property {Record<string, any[]>} [when]
 */
/** @typedef {{ get: () => any, set: (value: any) => void, vault: import("./vault.js").Vault, record: string }} Place */

/** The fields of a kind, with the choices that one item has. @param {any} kind @param {any} form @returns {Field[]} */
export function fieldsOf(kind, form) {
  const choose = (/** @type {Field} */ field) => form?.choices?.[field.name] ?? field.choices;
  return (kind?.fields ?? []).map((/** @type {Field} */ field) => ({ ...field, choices: choose(field) }));
}

/** Whether an answer is a picture: it goes by its own way. @param {Field} field */
export const isImage = ({ type }) => type === "photo" || type === "signature";

/** @param {Field} field @param {Record<string, any>} body */
export function isAsked({ when }, body) {
  return Object.entries(when ?? {}).every(([other, values]) =>
    values.some((value) => String(value) === String(body[other] ?? "")),
  );
}

/** @param {Field} field @param {Place} place @returns {HTMLElement} */
export function draw(field, place) {
  const id = `f-${field.name}`;
  const help = field.help ? h("p", { class: "help", id: `${id}-help` }, pick(field.help)) : null;
  const described = help ? `${id}-help` : null;
  if (field.type === "bool") return field.required ? yesOrNo(field, place, id, help) : tick(field, place, id);
  const isLong = (field.choices?.length ?? 0) > MOST_BUTTONS;
  if (field.type === "choice" && (field.many || !isLong)) return choices(field, place, id, help);
  if (isImage(field))
    return imageField(field, place, group(id, title(field), help));
  const input = box(field, place, id, described);
  return h("div", { class: "field", id: `${id}-field` }, h("label", { for: id }, title(field)), help, input);
}

/** @param {Field} field */
function title({ label, required }) {
  return [pick(label), required ? null : h("span", { class: "optional" }, ` (${say("optional")})`)];
}

/** @param {string} id @param {any} label @param {Node | null} help */
function group(id, label, help) {
  return h("fieldset", { class: "field", id: `${id}-field`, tabindex: -1 }, h("legend", {}, label), help);
}

/** @param {Field} field @param {Place} place @param {string} id @param {string | null} described */
function box(field, { get, set }, id, described) {
  const { type, long, format, min, max, step } = field;
  const digits = format === "nik" || format === "phone";
  const attributes = { id, name: field.name, "aria-describedby": described, autocomplete: "off" };
  if (type === "choice") return list(field, get, set, attributes);
  if (type === "text" && long)
    return Object.assign(h("textarea", { ...attributes, oninput: write }), { value: get() ?? "" });
  const shape =
    type === "number"
      ? { type: "number", inputmode: step && Number(step) < 1 ? "decimal" : "numeric", min, max, step: step || 1, class: "short" }
      : { type: type === "date" ? "date" : "text", inputmode: digits ? "numeric" : null, ...(type === "date" ? { min: bound(min), max: bound(max) } : {}) };
  return Object.assign(h("input", { ...attributes, ...shape, oninput: write }), { value: get() ?? "" });

  /** @param {Event} event */
  function write(event) {
    const typed = /** @type {HTMLInputElement} */ (event.target).value.trim();
    if (type !== "number") return set(digits ? typed.replace(/[\s.\-()/\u2010-\u2015\u200b-\u200f\u202a-\u202e]/g, "") : typed);
    set(typed === "" ? "" : Number(typed));
  }
}

/** @param {Field} field @param {() => any} get @param {(value: any) => void} set @param {object} attributes */
function list({ choices: offered = [] }, get, set, attributes) {
  const options = [["", ""], ...offered].map(([value, label]) =>
    h("option", { value, selected: value === (get() ?? "") }, pick(label)),
  );
  const select = h("select", { ...attributes, onchange: () => set(select.value) }, options);
  return select;
}

/** A question that must be answered: an empty box would be no answer. @param {Field} field @param {Place} place @param {string} id @param {Node | null} help */
function yesOrNo(field, { get, set, ...place }, id, help) {
  const given = get();
  const offered = /** @type {[string, any][]} */ ([["yes", say("yes")], ["no", say("no")]]);
  const asWord = () => (given === undefined ? undefined : given ? "yes" : "no");
  return choices({ ...field, type: "choice", choices: offered }, { ...place, get: asWord, set: (word) => set(word === "yes") }, id, help);
}

/** @param {Field} field @param {Place} place @param {string} id */
function tick(field, { get, set }, id) {
  const input = h("input", {
    type: "checkbox",
    id,
    name: field.name,
    checked: get() === true,
    onchange: () => set(input.checked),
  });
  const label = h("label", { class: "choice", for: id }, input, h("span", {}, pick(field.label)));
  const help = field.help ? h("p", { class: "help" }, pick(field.help)) : null;
  return h("div", { class: "field", id: `${id}-field` }, help, label);
}

/** @param {Field} field @param {Place} place @param {string} id @param {Node | null} help */
function choices(field, { get, set }, id, help) {
  const many = field.many;
  const chosen = () => (many ? (get() ?? []) : [get()]);
  const options = (field.choices ?? []).map(([value, label], at) => {
    const input = h("input", {
      type: many ? "checkbox" : "radio",
      name: field.name,
      id: at ? `${id}-${at}` : id,
      value,
      checked: chosen().includes(value),
      onchange: () => set(many ? toggled(chosen(), value, input.checked) : value),
    });
    return h("div", {}, h("label", { for: input.id }, input, h("span", {}, pick(label))));
  });
  const short = (field.choices ?? []).every(([, label]) => pick(label).length <= SHORT) ? " choices-row" : "";
  const set_ = group(id, title(field), help);
  set_.append(h("div", { class: `choices${short}` }, options));
  return set_;
}

/** @param {string[]} before @param {string} value @param {boolean} on */
function toggled(before, value, on) {
  const others = before.filter((other) => other !== value);
  return on ? [...others, value] : others;
}
