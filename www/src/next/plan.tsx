/** What of the images to scan within the remaining quota: a choice with what is proven of it, as requests to submit. */

import "./next.css";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Select from "@cloudscape-design/components/select";
import { useMemo, useState } from "react";
import type { FilterField, Plan as Planned } from "scan-precheck";
import { commandFor } from "../../../npm/request.js";
import type { TabProps } from "../details/tabs.ts";
import { useAnswer } from "../details/use-answer.ts";
import { FIELDS } from "../filter/fields.ts";
import { useMessages } from "../messages/context.ts";
import type { Session } from "../session/session.ts";
import { CopyText } from "./copy-text.tsx";
import { filterOf } from "./wire.ts";

/** So many requests are told at once. */
const REQUESTS_SHOWN = 20;

type By = FilterField | "images";

export function Plan({ state, session }: TabProps) {
  const messages = useMessages();
  const { next, fields, errors } = messages;
  const words = next.plan;
  const [by, setBy] = useState<By>("repoNamespaces");
  const { remaining } = state;
  const question = useMemo(
    () => (remaining === undefined ? undefined : { remaining, by, limit: REQUESTS_SHOWN }),
    [remaining, by],
  );
  const { answer, failure } = useAnswer(session, state, question, ({ engine, inventory, filter }, options) =>
    engine.plan(inventory, filter, options),
  );
  const choices: readonly By[] = [...FIELDS, "images"];
  const label = (one: By) => (one === "images" ? words.images : fields[one]);
  return (
    <section className="stack" aria-label={words.tab}>
      <p>{words.lead}</p>
      {remaining === undefined ? (
        <Alert type="info">{words.remainingNeeded}</Alert>
      ) : (
        <div className="next-choices">
          <FormField label={words.by}>
            <Select
              selectedOption={{ value: by, label: label(by) }}
              options={choices.map((value) => ({ value, label: label(value) }))}
              onChange={({ detail }) => setBy(detail.selectedOption.value as By)}
            />
          </FormField>
        </div>
      )}
      {failure && (
        <Alert type="error" header={words.failed}>
          {errors[failure.code]} <span lang="en">{failure.message}</span>
        </Alert>
      )}
      {answer && !failure && remaining !== undefined && <Choice plan={answer} session={session} />}
    </section>
  );
}

function Choice({ plan, session }: { readonly plan: Planned; readonly session: Session }) {
  const messages = useMessages();
  const { next, number } = messages;
  const words = next.plan;
  const { leftOut } = plan;
  return (
    <>
      <KeyValuePairs
        columns={3}
        items={[
          { label: words.covers, value: words.ofAll(plan.images, plan.whole.images) },
          { label: words.consumes, value: words.ofRemaining(plan.quota, plan.remaining) },
          { label: words.leftOut, value: number(leftOut.images) },
        ]}
      />
      <p>{proven(plan, words)}</p>
      {leftOut.withoutValue > 0 && <p className="quiet">{words.withoutValue(leftOut.withoutValue)}</p>}
      {!plan.complete && <Alert type="warning">{words.incomplete}</Alert>}
      {plan.requests.map((request, at) => {
        const title = words.request(at + 1, request.images, request.adds);
        return (
          // Requests have no name but their place in the plan.
          <FormField key={at} label={title} description={request.operation} stretch>
            <CopyText
              label={title}
              text={commandFor(request.operation, request.parameters)}
              actions={
                request.operation === "PublicCreateImageScanTask" && (
                  <Button
                    variant="inline-link"
                    ariaLabel={`${words.use}: ${title}`}
                    onClick={() => session.setFilter(filterOf(request.parameters))}
                  >
                    {words.use}
                  </Button>
                )
              }
            />
          </FormField>
        );
      })}
      {plan.requestCount > plan.requests.length && (
        <p className="quiet">{words.moreRequests(plan.requestCount - plan.requests.length)}</p>
      )}
    </>
  );
}

/** What is known of the choice: that it is the best one, or how far it may be from it. */
function proven(plan: Planned, words: ReturnType<typeof useMessages>["next"]["plan"]): string {
  if (plan.method === "everything") return words.everything;
  if (plan.images === 0) return words.nothing;
  if (plan.method === "exact" || plan.atMost === plan.images) return words.best;
  return plan.atMost === null ? words.inOrder : words.atMost(plan.atMost, plan.guarantee);
}
