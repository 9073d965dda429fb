/**
 * What kind of built-in object a value is, of whatever realm: `instanceof` knows only its own.
 */
export function tagOf(value) {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}
