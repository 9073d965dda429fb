/**
 * What stops the command: one message for the person who gave the command, without a stack.
 */

/** A message of this command's own: what is wrong, where, and what to do. */
export class Failure extends Error {}

/**
 * What an error of the engine says, with the file instead of the source's number.
 *
 * @param {any} error
 * @param {readonly string[]} names The sources in the order in which they were given.
 */
export function located(error, names) {
  const { position } = error;
  if (position === undefined || names[position.source] === undefined) return error;
  const { source, line, column } = position;
  const place = new RegExp(` \\((?:source ${source}, )?line ${line}, column ${column}\\)$`);
  return new Failure(`${names[source]}:${line}:${column}: ${error.message.replace(place, "")}`, {
    cause: error,
  });
}

/**
 * What an error of the engine says, with the option instead of the name in JavaScript.
 *
 * @param {any} error
 * @param {Readonly<Record<string, string>>} names From the names in JavaScript to those of the options.
 */
export function inWordsOf(error, names) {
  const option = names[error.field];
  if (option === undefined) return error;
  return new Failure(error.message.replaceAll(`\`${error.field}\``, `\`${option}\``), { cause: error });
}
