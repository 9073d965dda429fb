/** The columns of the table of images: where each is stored, what it consumes, and why. */

import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import Link from "@cloudscape-design/components/link";
import type { TableProps } from "@cloudscape-design/components/table";
import { useEffect, useRef } from "react";
import type { ExplainedImage, FilterField, ImageRecord, NamedImage, Reason } from "scan-precheck";
import { nameOf } from "../../../npm/explained-rows.js";
import type { Messages } from "../messages/en.ts";
import type { Column } from "./image-preferences.ts";
import { InventoryText } from "./inventory-text.tsx";

export type ImageColumn = TableProps.ColumnDefinition<ExplainedImage> & { readonly id: Column };

/** By which field of the filter the engine sorts for a column; without one, the inventory's order. */
export const SORTED_BY: Readonly<Partial<Record<Column, FilterField>>> = {
  image: "repoNames",
  registryTypes: "registryTypes",
  regionIds: "regionIds",
  instanceIds: "instanceIds",
  repoNamespaces: "repoNamespaces",
  repoNames: "repoNames",
  repoIds: "repoIds",
  tags: "tags",
  digests: "digests",
};

const RECORDED: readonly (readonly [Column & FilterField, keyof ImageRecord])[] = [
  ["registryTypes", "registryType"],
  ["regionIds", "regionId"],
  ["instanceIds", "instanceId"],
  ["repoNamespaces", "repoNamespace"],
  ["repoNames", "repoName"],
  ["repoIds", "repoId"],
  ["tags", "tag"],
];

/** So much of a digest tells it from others. */
const DIGEST_SHOWN = 12;

/** In the colours of the bar above. */
const SWATCHES: Readonly<Record<Reason, string>> = {
  chargedNow: "part-quota",
  unknownDigest: "part-quota",
  sameDigest: "part-duplicates",
  alreadyCharged: "part-charged",
  notScannable: "image-not-covered",
};

export const columnNames = ({ fields, why }: Messages): Readonly<Record<Column, string>> => ({
  ...fields,
  ...why.images.columns,
});

export function imageColumns(
  messages: Messages,
  sought: number | undefined,
  onSeek: (image: NamedImage) => void,
): readonly ImageColumn[] {
  const { number, why } = messages;
  const words = why.images;
  const names = columnNames(messages);
  return [
    {
      id: "row",
      header: names.row,
      sortingField: "row",
      cell: ({ row }) => <span className="image-number">{number(row)}</span>,
    },
    {
      id: "image",
      header: names.image,
      sortingField: "image",
      isRowHeader: true,
      cell: ({ row, image }) =>
        row === sought ? <Sought key={row} image={image} /> : <InventoryText>{nameOf(image)}</InventoryText>,
    },
    ...RECORDED.map(
      ([id, name]): ImageColumn => ({
        id,
        // Names of regions are short, and hard to read in pieces.
        ...(id === "regionIds" && { minWidth: 130 }),
        header: names[id],
        sortingField: id,
        cell: ({ image }) => textOrNone(image[name], words.none),
      }),
    ),
    {
      id: "digests",
      header: names.digests,
      sortingField: "digests",
      cell: ({ image: { digest } }) =>
        digest === undefined ? textOrNone(digest, words.none) : <Digest digest={digest} words={words} />,
    },
    {
      id: "verdict",
      header: names.verdict,
      cell: ({ verdict, reason }) => (
        <span className="image-verdict">
          <span className={`swatch ${SWATCHES[reason]}`} aria-hidden="true" />
          {words.verdicts[verdict]}
        </span>
      ),
    },
    {
      id: "reason",
      header: names.reason,
      cell: (explained) => <Because explained={explained} messages={messages} onSeek={onSeek} />,
    },
    {
      id: "scanned",
      header: names.scanned,
      cell: ({ charged }) =>
        charged?.lastScanTime == null ? textOrNone(undefined, words.none) : words.time(charged.lastScanTime),
    },
  ];
}

const textOrNone = (text: string | undefined, none: string) =>
  text === undefined ? (
    <span className="quiet">
      <span aria-hidden="true">–</span>
      <span className="only-spoken">{none}</span>
    </span>
  ) : (
    <InventoryText>{text}</InventoryText>
  );

function Digest({ digest, words }: { readonly digest: string; readonly words: Messages["why"]["images"] }) {
  const short = digest.length > DIGEST_SHOWN + 4 ? `${digest.slice(0, DIGEST_SHOWN)}…` : digest;
  return (
    <span className="image-digest">
      <code title={digest}>{short}</code>
      <CopyToClipboard
        variant="icon"
        copyButtonAriaLabel={words.copyDigest(digest)}
        copySuccessText={words.copied}
        copyErrorText={words.notCopied}
        textToCopy={digest}
        popoverRenderWithPortal
      />
    </span>
  );
}

/** The image that somebody was led to. */
function Sought({ image }: { readonly image: ImageRecord }) {
  const name = useRef<HTMLElement>(null);
  useEffect(() => name.current?.focus(), []);
  return (
    <strong ref={name} tabIndex={-1} className="image-sought">
      <InventoryText>{nameOf(image)}</InventoryText>
    </strong>
  );
}

interface BecauseProps {
  readonly explained: ExplainedImage;
  readonly messages: Messages;
  readonly onSeek: (image: NamedImage) => void;
}

/** The reason in words, with the image that is another's reason. */
function Because({ explained: { reason, sameAs, charged }, messages: { why }, onSeek }: BecauseProps) {
  const { because } = why.images;
  if (reason === "sameDigest" && sameAs !== null) {
    return <About other={sameAs} words={because.sameAs} onSeek={onSeek} />;
  }
  if (reason !== "alreadyCharged" || charged === null) return because[reason];
  const { lastScanTime, by } = charged;
  const how = lastScanTime === null ? because.said : because.scanned(why.images.time(lastScanTime));
  if (by === null) return how;
  return (
    <>
      {how} <About other={by} words={because.by} onSeek={onSeek} />
    </>
  );
}

function About({
  other,
  words: [before, after],
  onSeek,
}: {
  readonly other: NamedImage;
  readonly words: readonly [string, string];
  readonly onSeek: (image: NamedImage) => void;
}) {
  return (
    <>
      {before}
      <Link onFollow={() => onSeek(other)}>
        <InventoryText>{nameOf(other.image)}</InventoryText>
      </Link>
      {after}
    </>
  );
}
