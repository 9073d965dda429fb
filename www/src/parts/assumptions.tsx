/** What nobody outside the service knows and the page therefore assumes: always at hand, never in the way. */

import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { useMessages } from "../messages/context.ts";

export function Assumptions() {
  const { assumptions } = useMessages();
  return (
    <ExpandableSection variant="container" headerText={assumptions.heading} headingTagOverride="h2">
      <p>{assumptions.lead}</p>
      <ul className="plain-list">
        {assumptions.items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </ExpandableSection>
  );
}
