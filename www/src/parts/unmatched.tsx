/** The values of the filter that match no image: most often a slip of the pen, so they are named. */

import Alert from "@cloudscape-design/components/alert";
import type { Estimate } from "scan-precheck";
import { useMessages } from "../messages/context.ts";

const MOST_SHOWN = 20;

export function Unmatched({ estimate }: { readonly estimate: Estimate }) {
  const { reasons, fields } = useMessages();
  const shown = estimate.unmatched.slice(0, MOST_SHOWN);
  const more = estimate.unmatchedCount - shown.length;
  return (
    <Alert type="warning">
      <p>{reasons.unmatched(estimate.unmatchedCount)}</p>
      <ul className="value-list">
        {shown.map(({ field, value }) => (
          <li key={`${field} ${value}`}>
            {fields[field]} <code>{value}</code>
          </li>
        ))}
        {more > 0 && <li className="quiet">{reasons.unmatchedMore(more)}</li>}
      </ul>
    </Alert>
  );
}
