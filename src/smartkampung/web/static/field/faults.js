// @ts-check
/** What is still wrong with an answer, by the bounds that came with its kind. */

import { pick, say, shortDay, today } from "./words.js";

/** @typedef {import("./fields.js").Field} Field */

const DIGITS = 16;
// As the server looks for the number of a card: digits with spaces, dots, dashes between.
const BETWEEN = "[\\s.\\-\\u2010-\\u2015'\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\ufeff]";
const RUN = new RegExp(`[0-9](?:${BETWEEN}{0,3}[0-9])+`, "g");

/** The day of a bound: a list may be older than a day. @param {any} bound */
export const bound = (bound) => (bound === "today" ? today() : bound);

const isNothing = (/** @type {any} */ value) => value === undefined || value === null || value === "" || value?.length === 0;

/** Whether 16 digits stand in a text. @param {string} text */
export function holdsNumber(text) {
  return [...text.normalize("NFKC").matchAll(RUN)].some(([run]) => {
    const groups = run.match(/[0-9]+/g) ?? [];
    if (groups.some((group) => group.length >= DIGITS)) return true;
    return groups.some((group, start) => !group.startsWith("0") && adds(groups.slice(start)));
  });
}

/** Whether the first few of these groups are 16 digits together. @param {string[]} groups */
function adds(groups) {
  let sum = 0;
  return groups.some((group) => (sum += group.length) === DIGITS);
}

/**
 * What is still wrong with an answer, in words; "" when nothing.
 * @param {Field} field
 * @param {any} value
 * @param {Record<string, any>} body
 * @param {Field[]} fields
 */
export function fault(field, value, body, fields) {
  if (isNothing(value)) return field.required ? say("fault_missing") : "";
  return alone(field, value) || beside(field, value, body, fields);
}

/** @param {Field} field @param {any} value */
function alone(field, value) {
  const { type, format, max } = field;
  if (type === "number") return Number.isFinite(value) ? outside(field, value, String) : say("fault_number");
  if (type === "date") return /^\d{4}-\d\d-\d\d$/.test(value) ? outside(field, value, shortDay) : say("fault_day");
  if (type !== "text") return "";
  if (format) return shape(field, value);
  if (max && value.length > max) return say("fault_long", { max, typed: value.length });
  return holdsNumber(value) ? say("fault_card") : "";
}

/** @param {Field} field @param {any} value @param {(bound: any) => string} word */
function outside({ min, max }, value, word) {
  const [least, most] = [bound(min), bound(max)];
  if (!isNothing(least) && value < least) return say(word === shortDay ? "fault_early" : "fault_min", { min: word(least) });
  if (!isNothing(most) && value > most) return say(word === shortDay ? "fault_late" : "fault_max", { max: word(most) });
  return "";
}

/** @param {Field} field @param {string} value */
function shape({ format, pattern }, value) {
  if (!pattern || new RegExp(`^(?:${pattern})$`).test(value)) return "";
  if (format === "nik") return value.length === DIGITS ? say("fault_nik_days") : say("fault_nik", { typed: value.length });
  return say("fault_phone");
}

/** @param {Field} field @param {any} value @param {Record<string, any>} body @param {Field[]} fields */
function beside({ since, upto }, value, body, fields) {
  // What is wrong by itself is no bound for another.
  const good = (/** @type {Field} */ field) => !isNothing(body[field.name]) && !alone(field, body[field.name]);
  const other = (/** @type {string | undefined} */ name) => fields.find((field) => field.name === name && good(field));
  const label = (/** @type {Field} */ field) => pick(field.label).replace(/\?$/, "");
  const [least, most] = [other(since), other(upto)];
  if (least && value < body[least.name]) return say("fault_since", { other: label(least) });
  if (most && value > body[most.name]) return say("fault_upto", { other: label(most) });
  return "";
}
