/** The answer: images, quota, what remains, and whether it fits. It stays in view while the rest scrolls. */

import "./answer.css";
import type { BoxProps } from "@cloudscape-design/components/box";
import Box from "@cloudscape-design/components/box";
import Icon, { type IconProps } from "@cloudscape-design/components/icon";
import { type ReactNode, useEffect, useRef } from "react";
import type { Estimate } from "scan-precheck";
import { Change } from "../answer/change.tsx";
import type { Selection } from "../details/active.ts";
import { useMessages } from "../messages/context.ts";
import type { State } from "../session/state.ts";
import { CountedLink } from "./counted-link.tsx";
import { useNoticeable } from "./delayed.ts";
import { RemainingInput } from "./remaining-input.tsx";
import { type Verdict, verdictOf, verdictText } from "./verdict.ts";

interface AnswerProps {
  readonly state: State;
  readonly onRemaining: (remaining: number | undefined) => void;
}

export function Answer({ state, onRemaining }: AnswerProps) {
  const { answer } = useMessages();
  const waiting = useNoticeable(state.estimating);
  const { estimate } = state;
  // A row that is missing may be one more image, or one that tells of a charge.
  const incomplete = estimate?.complete === false;
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // The button that led here is gone, and with it the place from which the keyboard goes on.
    if (document.activeElement === document.body) section.current?.focus({ preventScroll: true });
  }, []);
  return (
    <section ref={section} className="answer" tabIndex={-1} aria-label={answer.heading} aria-busy={waiting}>
      <div className="answer-card">
        <div className="answer-grid">
          <Figure
            label={answer.images}
            value={estimate?.images}
            behind="covered"
            qualifier={incomplete && answer.atLeast}
          />
          <Figure
            label={answer.quota}
            value={estimate?.quota}
            behind="quota"
            qualifier={incomplete && answer.about}
            strong
          />
          <div className="answer-remaining">
            <RemainingInput key={state.taken} initial={state.remaining} onRemaining={onRemaining} />
          </div>
          <div className="answer-verdict">
            <h2>{answer.verdict}</h2>
            {estimate && <VerdictLine estimate={estimate} />}
            {waiting && <span className="quiet">{answer.updating}</span>}
          </div>
        </div>
        <Change estimate={estimate} filter={state.estimated} inventory={state.inventory} />
      </div>
    </section>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: number | undefined;
  /** The images that it counts. */
  readonly behind: Selection;
  readonly qualifier: string | false;
  readonly strong?: boolean;
}

function Figure({ label, value, behind, qualifier, strong = false }: FigureProps) {
  return (
    <div className={strong ? "figure figure-strong" : "figure"}>
      <h2>{label}</h2>
      <p className="figure-value">
        {qualifier && <span className="figure-bound">{qualifier} </span>}
        {value === undefined ? "–" : <CountedLink label={label} count={value} selection={behind} />}
      </p>
    </div>
  );
}

/** Colour only repeats what the icon and the words say. */
const LOOK: Record<Verdict["kind"], { icon: IconProps.Name; color: BoxProps.Color }> = {
  unknown: { icon: "status-info", color: "text-body-secondary" },
  nothing: { icon: "status-warning", color: "text-status-warning" },
  fits: { icon: "status-positive", color: "text-status-success" },
  short: { icon: "status-negative", color: "text-status-error" },
};

function VerdictLine({ estimate }: { readonly estimate: Estimate }) {
  const messages = useMessages();
  const verdict = verdictOf(estimate);
  const { icon, color } = LOOK[verdict.kind];
  return (
    <>
      <Box color={color} className="verdict-line">
        <Icon name={icon} size={verdict.kind === "unknown" ? "normal" : "medium"} />
        <span className={verdict.kind === "unknown" ? undefined : "verdict-words"}>
          {verdictText(verdict, messages)}
        </span>
      </Box>
      <Detail verdict={verdict} complete={estimate.complete} />
    </>
  );
}

function Detail({ verdict, complete }: { readonly verdict: Verdict; readonly complete: boolean }) {
  const { verdict: words } = useMessages();
  let detail: ReactNode;
  if (verdict.kind === "short") {
    detail = (
      <>
        <strong>{words.buy(verdict.purchase)}</strong> <span className="quiet">{words.steps}</span>
      </>
    );
  } else if (verdict.kind === "fits" && !complete) detail = <span className="quiet">{words.caution}</span>;
  return detail ? <p className="verdict-detail">{detail}</p> : null;
}
