/** The page with an inventory: the answer on top, the filter under it, the reasons under that. */

import Alert from "@cloudscape-design/components/alert";
import type { DateInputProps } from "@cloudscape-design/components/date-input";
import { useRef } from "react";
import { Details } from "../details/details.tsx";
import { useMessages } from "../messages/context.ts";
import type { Session } from "../session/session.ts";
import type { LoadedInventory, State } from "../session/state.ts";
import { Answer } from "./answer.tsx";
import { Assumptions } from "./assumptions.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { InventoryPanel } from "./inventory-panel.tsx";
import { Reasons } from "./reasons.tsx";

interface EstimateViewProps {
  readonly state: State;
  readonly inventory: LoadedInventory;
  readonly session: Session;
}

export function EstimateView({ state, inventory, session }: EstimateViewProps) {
  const { load, errors } = useMessages();
  const cycleStart = useRef<DateInputProps.Ref>(null);
  const { estimate, estimateFailure } = state;
  return (
    <>
      <Answer state={state} onRemaining={session.setRemaining} />
      <div className="stack">
        {estimateFailure && (
          <Alert type="error" header={load.estimateFailed}>
            {errors[estimateFailure.code]} <span lang="en">{estimateFailure.message}</span>
          </Alert>
        )}
        <FilterBar filter={state.filter} estimate={estimate} inventory={inventory} session={session} />
        {estimate && (
          <Reasons
            estimate={estimate}
            filter={state.filter}
            inventory={inventory}
            onSetCycleStart={() => cycleStart.current?.focus()}
          />
        )}
        <Details state={state} inventory={inventory} session={session} />
        <InventoryPanel
          inventory={inventory}
          key={state.taken}
          settings={state.settings}
          cycleStartRef={cycleStart}
          busy={state.loading !== undefined}
          session={session}
        />
        <Assumptions />
      </div>
    </>
  );
}
