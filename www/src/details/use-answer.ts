/**
 * The answer to a question that a part of the page asks by itself, about the present inventory under the present
 * filter: asked anew when either changes or the question does, and only the latest answer is told.
 */

import { useEffect, useMemo, useRef, useState } from "react";
import { latestOnly } from "scan-precheck/worker";
import type { Failure } from "../engine/contract.ts";
import { isFatal, toFailure } from "../engine/failure.ts";
import type { About, Session } from "../session/session.ts";
import type { State } from "../session/state.ts";

export interface Asked<Answer> {
  /** The last answer, which stays until there is another: nothing blinks while it is asked anew. */
  readonly answer: Answer | undefined;
  /** Why there is no answer to the present question. */
  readonly failure: Failure | undefined;
  readonly waiting: boolean;
}

/** Asks `question` through `run`; without a question (`undefined`) nothing is asked. Keep the question with `useMemo`. */
export function useAnswer<Question, Answer>(
  session: Session,
  { inventory, filter }: Pick<State, "inventory" | "filter">,
  question: Question | undefined,
  run: (about: About, question: Question) => Promise<Answer>,
): Asked<Answer> {
  const [asked, setAsked] = useState<Asked<Answer>>({
    answer: undefined,
    failure: undefined,
    waiting: false,
  });
  const runs = useRef(run);
  runs.current = run;
  const latest = useMemo(
    () =>
      latestOnly(
        async (wanted: Question) => runs.current(session.about(), wanted),
        (answer) => setAsked({ answer, failure: undefined, waiting: false }),
        (error) => {
          const failure = toFailure(error);
          // Where the engine died, the session brings the inventory back, and all is asked again.
          if (!isFatal(failure)) setAsked(({ answer }) => ({ answer, failure, waiting: false }));
        },
      ),
    [session],
  );
  // Inventory and filter are no part of what is asked with, but of what is asked about.
  useEffect(() => {
    if (question === undefined) return;
    setAsked((before) => ({ ...before, waiting: true }));
    latest.ask(question);
    return () => latest.forget();
  }, [latest, question, inventory, filter]);
  return asked;
}
