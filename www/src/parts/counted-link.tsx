/** A number that leads to the images that it counts. */

import Link from "@cloudscape-design/components/link";
import { type Selection, showImages } from "../details/active.ts";
import { useMessages } from "../messages/context.ts";

interface CountedLinkProps {
  readonly label: string;
  readonly count: number;
  readonly selection: Selection;
}

export function CountedLink({ label, count, selection }: CountedLinkProps) {
  const { number, why } = useMessages();
  return (
    <Link fontSize="inherit" ariaLabel={why.showBehind(label, count)} onFollow={() => showImages(selection)}>
      {number(count)}
    </Link>
  );
}
