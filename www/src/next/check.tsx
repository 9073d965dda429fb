/** The service's own reply beside the numbers here, and where they differ, which rule would give what it said. */

import "./next.css";
import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Textarea from "@cloudscape-design/components/textarea";
import { useMemo, useState } from "react";
import type { Change, Reconciliation, ServiceReply } from "scan-precheck";
import type { TabProps } from "../details/tabs.ts";
import { useAnswer } from "../details/use-answer.ts";
import { useMessages } from "../messages/context.ts";

/** A reply is small; to take a longer text apart would keep the page busy. */
const LONGEST_REPLY = 100_000;

type Pasted = { readonly reply: ServiceReply } | { readonly wrong: "json" | "tooLong" } | undefined;

function replyIn(text: string): Pasted {
  if (text.trim() === "") return undefined;
  if (text.length > LONGEST_REPLY) return { wrong: "tooLong" };
  try {
    return { reply: JSON.parse(text) as ServiceReply };
  } catch {
    return { wrong: "json" };
  }
}

export function Check({ state, session }: TabProps) {
  const { next, errors } = useMessages();
  const words = next.check;
  const [text, setText] = useState("");
  const pasted = useMemo(() => replyIn(text), [text]);
  const question = useMemo(() => (pasted && "reply" in pasted ? pasted.reply : undefined), [pasted]);
  const { answer, failure } = useAnswer(session, state, question, ({ engine, inventory, filter }, reply) =>
    engine.reconcile(inventory, filter, reply),
  );
  const wrong = pasted && "wrong" in pasted ? words.wrong[pasted.wrong] : undefined;
  return (
    <section className="stack" aria-label={words.tab}>
      <p>{words.lead}</p>
      <FormField label={words.reply} description={words.where} errorText={wrong} stretch>
        <Textarea
          value={text}
          rows={4}
          spellcheck={false}
          placeholder='{ "RequestId": "…", "Data": { "ScanImageCount": 3, "NeedAuthCount": 6 } }'
          onChange={({ detail }) => setText(detail.value)}
        />
      </FormField>
      {question !== undefined && failure && (
        <Alert type="error" header={words.notAReply}>
          {errors[failure.code]} <span lang="en">{failure.message}</span>
        </Alert>
      )}
      {question !== undefined && answer && !failure && <Compared answer={answer} />}
    </section>
  );
}

function Compared({ answer: { equal, ours, reply, explanations } }: { readonly answer: Reconciliation }) {
  const { next } = useMessages();
  const words = next.check;
  const [best] = explanations;
  return (
    <>
      <KeyValuePairs
        columns={2}
        items={[
          { label: words.here, value: words.counts(ours.images, ours.quota) },
          { label: words.service, value: words.counts(reply.images, reply.quota) },
        ]}
      />
      <Alert type={equal ? "success" : "warning"}>
        {equal ? words.equal : best?.reproduces ? words.explained : words.unexplained}
      </Alert>
      {explanations.length > 0 && (
        <ol className="plain-list">
          {explanations.map(({ changes, reproduces }, at) => (
            // In their order, the smallest change first.
            <li key={at}>
              {changes.map((change) => said(change, words)).join(" ")}{" "}
              <span className="quiet">{reproduces ? words.reproduces : words.remains}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** What is different, in words. */
function said(change: Change, words: ReturnType<typeof useMessages>["next"]["check"]): string {
  switch (change.kind) {
    case "countBy":
      return words.countBy[change.countBy];
    case "cycleStart":
      return words.cycleStart(change.after, change.upTo);
    case "otherInventory":
      return words.otherInventory(change.by);
    case "otherCharges":
      return words.otherCharges(change.by);
    default:
      return words.changes[change.kind];
  }
}
