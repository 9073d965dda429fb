/**
 * images = quota + shared digest + already charged, as a bar and as a list. The list carries
 * everything; the bar is a picture of it and hidden from screen readers.
 */

import "./breakdown.css";
import type { Estimate } from "scan-precheck";
import { useMessages } from "../messages/context.ts";

export function Breakdown({ estimate }: { readonly estimate: Estimate }) {
  const { reasons, number } = useMessages();
  const { images, quota, free } = estimate;
  const parts = [
    { id: "quota", count: quota, label: reasons.quota, help: reasons.quotaHelp },
    { id: "duplicates", count: free.duplicates, label: reasons.duplicates, help: reasons.duplicatesHelp },
    { id: "charged", count: free.charged, label: reasons.charged, help: reasons.chargedHelp },
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
        {parts.map(({ id, count, label, help }) => (
          <div key={id}>
            <dt>
              <span className={`swatch part-${id}`} aria-hidden="true" />
              {label}
            </dt>
            <dd>
              <strong>{number(count)}</strong>
              <span className="quiet">{help}</span>
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}
