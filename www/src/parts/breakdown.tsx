/**
 * images = quota + shared digest + already charged, as a bar and as a list. The list carries
 * everything; the bar is a picture of it and hidden from screen readers.
 */

import "./breakdown.css";
import type { Estimate } from "scan-precheck";
import type { Selection } from "../details/active.ts";
import { useMessages } from "../messages/context.ts";
import { CountedLink } from "./counted-link.tsx";

interface Part {
  readonly id: string;
  /** The images that it counts. */
  readonly behind: Selection;
  readonly count: number;
  readonly label: string;
  readonly help: string;
}

export function Breakdown({ estimate }: { readonly estimate: Estimate }) {
  const { reasons } = useMessages();
  const { images, quota, free } = estimate;
  const parts: readonly Part[] = [
    { id: "quota", behind: "quota", count: quota, label: reasons.quota, help: reasons.quotaHelp },
    {
      id: "duplicates",
      behind: "sameDigest",
      count: free.duplicates,
      label: reasons.duplicates,
      help: reasons.duplicatesHelp,
    },
    {
      id: "charged",
      behind: "alreadyCharged",
      count: free.charged,
      label: reasons.charged,
      help: reasons.chargedHelp,
    },
  ];
  return (
    <figure className="breakdown">
      <figcaption>{reasons.sum(images)}</figcaption>
      <div className="breakdown-bar" aria-hidden="true">
        {parts.map(
          ({ id, count }) =>
            count > 0 && <span key={id} className={`part part-${id}`} style={{ flexGrow: count }} />,
        )}
      </div>
      <dl className="breakdown-parts">
        {parts.map(({ id, behind, count, label, help }) => (
          <div key={id}>
            <dt>
              <span className={`swatch part-${id}`} aria-hidden="true" />
              {label}
            </dt>
            <dd>
              <strong>
                <CountedLink label={label} count={count} selection={behind} />
              </strong>
              <span className="quiet">{help}</span>
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}
