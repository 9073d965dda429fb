/** The two ways to an inventory beside dropping it: choosing a file, which is also the keyboard's way, and the sample. */

import Button from "@cloudscape-design/components/button";
import FileInput from "@cloudscape-design/components/file-input";
import type { ExportOrigin } from "../engine/contract.ts";
import { useMessages } from "../messages/context.ts";

interface ChooseFileProps {
  readonly label: string;
  readonly onOpen: (origin: ExportOrigin) => void;
}

export function ChooseFile({ label, onOpen }: ChooseFileProps) {
  return (
    <FileInput
      multiple
      accept=".json,.ndjson,.jsonl,.csv,.tsv,.txt,.gz"
      value={[]}
      onChange={({ detail }) => {
        if (detail.value.length > 0) onOpen({ kind: "files", files: detail.value });
      }}
    >
      {label}
    </FileInput>
  );
}

export const sampleOrigin = (): ExportOrigin => ({
  kind: "sample",
  url: new URL("sample-inventory.json", document.baseURI).href,
});

interface TrySampleProps {
  readonly disabled: boolean;
  readonly onOpen: (origin: ExportOrigin) => void;
}

export function TrySample({ disabled, onOpen }: TrySampleProps) {
  const { welcome } = useMessages();
  return (
    <Button variant="primary" disabled={disabled} onClick={() => onOpen(sampleOrigin())}>
      {welcome.sample}
    </Button>
  );
}
