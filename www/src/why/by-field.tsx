/** Which values of a field the images and the quota come from. */

import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Select from "@cloudscape-design/components/select";
import { useCallback, useId, useMemo, useState } from "react";
import type { FilterField } from "scan-precheck";
import { active } from "../details/active.ts";
import { useStore } from "../details/store.ts";
import type { TabProps } from "../details/tabs.ts";
import { useAnswer } from "../details/use-answer.ts";
import { useArrival } from "../details/use-arrival.ts";
import { FIELDS } from "../filter/fields.ts";
import { useMessages } from "../messages/context.ts";
import { LeftOut } from "./left-out.tsx";
import { ValueTable } from "./value-table.tsx";
import { type Rank, toggled, type Values, valuesOf } from "./values.ts";

const RANKS: readonly Rank[] = ["quota", "images"];
const FIRST_SHOWN = 20;
const MORE_SHOWN = 100;

export function ByField({ state, session, inventory }: TabProps) {
  const messages = useMessages();
  const { fields, why, errors } = messages;
  const words = why.byField;
  const { filter } = state;
  const { field } = useStore(active);
  const [rank, setRank] = useState<Rank>("quota");
  const [more, setMore] = useState<{ field: FilterField; shown: number }>();
  const shown = more?.field === field ? more.shown : FIRST_SHOWN;
  const question = useMemo(() => ({ field, rank, shown, filter }), [field, rank, shown, filter]);
  const { answer, failure } = useAnswer(session, state, question, valuesOf);
  const onToggle = useCallback(
    (of: FilterField, value: string) => session.setFilter(toggled(session.getState().filter, of, value)),
    [session],
  );
  const part = useArrival<HTMLElement>();
  const rankLabel = useId();
  return (
    <section className="stack why" ref={part} tabIndex={-1} aria-label={words.tab}>
      <div className="why-choices">
        <FormField label={words.field}>
          <Select
            selectedOption={{ value: field, label: fields[field] }}
            options={FIELDS.map((value) => ({ value, label: fields[value] }))}
            onChange={({ detail }) => active.set({ field: detail.selectedOption.value as FilterField })}
          />
        </FormField>
        <div>
          <div id={rankLabel} className="why-label">
            {words.rank}
          </div>
          <SegmentedControl
            ariaLabelledby={rankLabel}
            selectedId={rank}
            options={RANKS.map((id) => ({ id, text: words.ranks[id] }))}
            onChange={({ detail }) => setRank(detail.selectedId as Rank)}
          />
        </div>
      </div>
      <p className="quiet">{filter[field] === undefined ? words.each : words.eachOthers(fields[field])}</p>
      {failure && (
        <Alert type="error" header={words.failed}>
          {errors[failure.code]} <span lang="en">{failure.message}</span>
        </Alert>
      )}
      {answer && (
        <>
          <ValueTable answer={answer} onToggle={onToggle} />
          <Rest
            answer={answer}
            onMore={() => setMore({ field, shown: shown === FIRST_SHOWN ? MORE_SHOWN : shown + MORE_SHOWN })}
          />
        </>
      )}
      <LeftOut state={state} session={session} inventory={inventory} />
    </section>
  );
}

/** What the table does not tell. */
function Rest({ answer, onMore }: { readonly answer: Values; readonly onMore: () => void }) {
  const { fields, why } = useMessages();
  const words = why.byField;
  const { total, first, among, sum, together, chosenUntold, question } = answer;
  const left = total - first;
  return (
    <>
      {left > 0 && (
        <div className="why-more">
          <span>{words.andMore(left)}</span>
          <Button onClick={onMore}>
            {words.showMore(
              Math.min(left, question.shown === FIRST_SHOWN ? MORE_SHOWN - FIRST_SHOWN : MORE_SHOWN),
            )}
          </Button>
        </div>
      )}
      {chosenUntold > 0 && <p className="quiet">{words.chosenUntold(chosenUntold)}</p>}
      {among !== undefined && <p className="quiet">{words.among(among)}</p>}
      {sum.quota > together.quota && (
        <p className="quiet">
          {sum.whole
            ? words.sum(sum.quota, together.quota, fields[question.field])
            : words.sumAtLeast(sum.quota, together.quota, fields[question.field])}
        </p>
      )}
    </>
  );
}
