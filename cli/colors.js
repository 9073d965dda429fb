/**
 * Colours, where they are wanted.
 */

/**
 * Whether what goes to a stream is coloured: as the command says, else as the environment says, else on a terminal.
 *
 * @param {{ isTTY?: boolean }} stream
 * @param {boolean | undefined} asked
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function colored(stream, asked, env) {
  if (asked !== undefined) return asked;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if (env.NO_COLOR) return false;
  return Boolean(stream.isTTY) && env.TERM !== "dumb";
}

/** @param {boolean} on */
export function paints(on) {
  const paint = (code) => (/** @type {string} */ text) =>
    on && text ? `\u001b[${code}m${text}\u001b[0m` : text;
  return { bold: paint("1"), dim: paint("2"), red: paint("31"), green: paint("32"), yellow: paint("33") };
}
