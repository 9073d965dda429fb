/**
 * Of a quick sequence of questions, such as one at each keystroke, only the latest: one is in flight, one waits, and
 * what waits is replaced by what comes after it. An answer is told only while nothing newer was asked, so that an
 * older one never overwrites a newer one.
 */

/**
 * @template Question, Answer
 * @param {(question: Question) => Promise<Answer>} run
 * @param {(answer: Answer, question: Question) => void} deliver
 * @param {(error: unknown, question: Question) => void} fail
 */
export function latestOnly(run, deliver, fail) {
  /** @type {{ question: Question } | undefined} */
  let waiting;
  let inFlight = false;
  let epoch = 0;

  async function next() {
    if (inFlight || waiting === undefined) return;
    const { question } = waiting;
    waiting = undefined;
    inFlight = true;
    const asked = epoch;
    const isCurrent = () => asked === epoch && waiting === undefined;
    try {
      const answer = await run(question);
      if (isCurrent()) deliver(answer, question);
    } catch (error) {
      if (isCurrent()) fail(error, question);
    } finally {
      inFlight = false;
      next();
    }
  }

  return {
    /** @param {Question} question */
    ask(question) {
      waiting = { question };
      next();
    },
    /** Forgets what waits and whatever is still to come. */
    forget() {
      waiting = undefined;
      epoch += 1;
    },
  };
}
