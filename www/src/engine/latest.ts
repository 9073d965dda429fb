/**
 * Keeps only the latest of a quick sequence of questions: one is in flight, one waits, and what waits
 * is replaced by what comes after it. An answer is delivered only while nothing newer was asked, so an
 * older answer can never overwrite a newer one.
 */

export interface Latest<Question> {
  ask(question: Question): void;
  /** Forgets what waits and whatever is still to come. */
  forget(): void;
}

export function latestOnly<Question, Answer>(
  run: (question: Question) => Promise<Answer>,
  deliver: (answer: Answer, question: Question) => void,
  fail: (error: unknown, question: Question) => void,
): Latest<Question> {
  let waiting: { question: Question } | undefined;
  let inFlight = false;
  let epoch = 0;

  async function next(): Promise<void> {
    if (inFlight || waiting === undefined) return;
    const { question } = waiting;
    waiting = undefined;
    inFlight = true;
    const asked = epoch;
    const current = () => asked === epoch && waiting === undefined;
    try {
      const answer = await run(question);
      if (current()) deliver(answer, question);
    } catch (error) {
      if (current()) fail(error, question);
    } finally {
      inFlight = false;
      void next();
    }
  }

  return {
    ask(question) {
      waiting = { question };
      void next();
    },
    forget() {
      waiting = undefined;
      epoch += 1;
    },
  };
}
