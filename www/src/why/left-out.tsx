/** How many images the filter leaves out, and what each of its fields leaves out that no other does. */

import Link from "@cloudscape-design/components/link";
import { useMemo } from "react";
import type { Counted, FilterField } from "scan-precheck";
import { active } from "../details/active.ts";
import type { TabProps } from "../details/tabs.ts";
import { useAnswer } from "../details/use-answer.ts";
import { FIELDS, type FieldValues, isEmpty } from "../filter/fields.ts";
import { useMessages } from "../messages/context.ts";
import type { About } from "../session/session.ts";
import { without } from "./values.ts";

interface LeftOutByField extends Counted {
  readonly field: FilterField;
}

async function leftOut(
  { engine, inventory }: About,
  filter: FieldValues,
): Promise<readonly LeftOutByField[]> {
  const present = await engine.estimate(inventory, filter);
  return Promise.all(
    FIELDS.filter((field) => filter[field] !== undefined).map(async (field) => {
      const { images, quota } = await engine.estimate(inventory, without(filter, field));
      return { field, images: images - present.images, quota: quota - present.quota };
    }),
  );
}

export function LeftOut({ state, session, inventory }: TabProps) {
  const { why, fields } = useMessages();
  const words = why.leftOut;
  const { filter, estimate } = state;
  const question = useMemo(() => (isEmpty(filter) ? undefined : filter), [filter]);
  const { answer } = useAnswer(session, state, question, leftOut);
  if (question === undefined || answer === undefined || estimate === undefined) return null;
  const all = inventory.report.images - estimate.images - estimate.notScannable;
  return (
    <div>
      <h3 className="why-heading">{words.heading(all)}</h3>
      <ul className="plain-list">
        {answer.map(({ field, images, quota }) => (
          <li key={field}>
            {words.only(fields[field], images, quota)}{" "}
            <Link
              ariaLabel={words.showValuesOf(fields[field])}
              onFollow={() => active.set({ field, arriving: true })}
            >
              {words.showValues}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
