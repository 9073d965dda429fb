/** One page of images as a table, drawn anew only when there is another page: to draw it is what takes time. */

import Table from "@cloudscape-design/components/table";
import { memo } from "react";
import type { Explained, NamedImage } from "scan-precheck";
import { useMessages } from "../messages/context.ts";
import { imageColumns } from "./image-columns.tsx";
import type { Column, ImagePreferences } from "./image-preferences.ts";

/** In which order images are listed. */
export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}

export interface Page {
  readonly order: Order;
  readonly offset: number;
  readonly explained: Explained;
}

interface ImageTableProps {
  readonly page: Page;
  readonly contentDisplay: ImagePreferences["contentDisplay"];
  /** The number of the image that somebody was led to. */
  readonly sought: number | undefined;
  readonly onSeek: (image: NamedImage) => void;
  readonly onOrder: (order: Order) => void;
}

export const ImageTable = memo(function ImageTable({
  page: { order, offset, explained },
  contentDisplay,
  sought,
  onSeek,
  onOrder,
}: ImageTableProps) {
  const messages = useMessages();
  const { images: words } = messages.why;
  const columns = imageColumns(messages, sought, onSeek);
  const sortingColumn = columns.find(({ id }) => id === order.column);
  return (
    <Table
      variant="borderless"
      contentDensity="compact"
      wrapLines
      enableKeyboardNavigation
      items={explained.images}
      columnDefinitions={columns}
      columnDisplay={contentDisplay}
      totalItemsCount={explained.total}
      firstIndex={offset + 1}
      renderAriaLive={({ firstIndex, lastIndex, totalItemsCount }) =>
        words.range(firstIndex, lastIndex, totalItemsCount ?? lastIndex)
      }
      ariaLabels={{ tableLabel: words.tab }}
      {...(sortingColumn && { sortingColumn })}
      sortingDescending={order.descending}
      onSortingChange={({ detail: { sortingColumn: chosen, isDescending } }) => {
        const column = columns.find(({ sortingField }) => sortingField === chosen.sortingField);
        if (column) onOrder({ column: column.id, descending: isDescending ?? false });
      }}
      empty={words.empty}
    />
  );
});
