/** The line at the bottom: that nothing leaves the browser, how to check it, and whether a network is needed. */

import Popover from "@cloudscape-design/components/popover";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import "./offline.css";
import { useStore } from "../details/store.ts";
import { useMessages } from "../messages/context.ts";
import { offline } from "./offline.ts";

export function PageFooter() {
  const { offline: words } = useMessages();
  return (
    <footer className="page-footer">
      <div className="page-footer-inner">
        <span className="page-footer-promise">
          {words.promise}
          <Popover
            position="top"
            size="large"
            triggerType="text"
            header={words.checkHeading}
            dismissAriaLabel={words.close}
            content={
              <div className="stack">
                <p>
                  {words.policy} <code>connect-src 'self'</code>
                  {words.policyMeans}
                </p>
                <ol className="plain-list">
                  {words.steps.map((step) => (
                    <li key={step}>{step}</li>
                  ))}
                </ol>
                <p>{words.kept}</p>
              </div>
            }
          >
            {words.check}
          </Popover>
        </span>
        <Status />
      </div>
    </footer>
  );
}

function Status() {
  const { offline: words } = useMessages();
  const { online, copy } = useStore(offline);
  if (copy === "none") return null;
  if (!online) return <StatusIndicator type="success">{words.isOffline}</StatusIndicator>;
  if (copy === "ready") return <StatusIndicator type="success">{words.ready}</StatusIndicator>;
  return <StatusIndicator type="info">{words.refused}</StatusIndicator>;
}
