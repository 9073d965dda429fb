/** Copies the address, which asks the same of whatever inventory its reader opens. */

import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { useStore } from "../details/store.ts";
import { useMessages } from "../messages/context.ts";
import type { Session } from "../session/session.ts";
import { toFragment } from "./codec.ts";
import { asked, link } from "./sync.ts";

export function CopyLink({ session }: { readonly session: Session }) {
  const { link: words } = useMessages();
  const { tooLong } = useStore(link);
  // The address follows a moment later, so it is not asked itself.
  const address = () => `${location.href.split("#")[0]}#${toFragment(asked(session))}`;
  return (
    <CopyToClipboard
      variant="button"
      copyButtonText={words.copy}
      copySuccessText={words.copied}
      copyErrorText={words.notCopied}
      textToCopy={address()}
      disabled={tooLong}
      disabledReason={words.tooLong}
    />
  );
}
