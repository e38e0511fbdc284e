// @ts-check
/** What a PIN must be: six digits or more, none that everybody tries first. */

/** @param {string} pin */
export function isGood(pin) {
  if (!/^\d{6,12}$/.test(pin)) return false;
  // 121212, 123123: as few tries away as a row.
  if (/^(\d{1,4})\1+$/.test(pin)) return false;
  const steps = new Set([...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at])));
  return steps.size > 1;
}
