/** Values as a table, each with a bar in which quota is a part of images; a value is taken into the filter and out of it. */

import Icon from "@cloudscape-design/components/icon";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { memo } from "react";
import type { FilterField } from "scan-precheck";
import { useMessages } from "../messages/context.ts";
import type { Messages } from "../messages/en.ts";
import { InventoryText } from "./inventory-text.tsx";
import { canBeAskedFor, type FieldValue, type Values } from "./values.ts";

interface ValueTableProps {
  readonly answer: Values;
  readonly onToggle: (field: FilterField, value: string) => void;
}

/** A line of the table; the images without a value are one, too. */
interface Line {
  readonly value: FieldValue["value"] | null;
  readonly images: number;
  readonly quota: number;
  readonly chosen: boolean;
}

export const ValueTable = memo(function ValueTable({ answer, onToggle }: ValueTableProps) {
  const messages = useMessages();
  const { fields, why } = messages;
  const { question, values, absent, total } = answer;
  const lines: readonly Line[] =
    absent.images > 0 ? [...values, { value: null, ...absent, chosen: false }] : values;
  const most = lines.reduce((max, { images }) => Math.max(max, images), 1);
  const name = fields[question.field];
  const { field } = question;
  const columns = columnsOf(name, most, (value) => onToggle(field, value), messages);
  return (
    <Table
      variant="borderless"
      contentDensity="compact"
      wrapLines
      items={lines}
      columnDefinitions={columns}
      trackBy={({ value }) => (value === null ? "" : `=${value}`)}
      totalItemsCount={total + (absent.images > 0 ? 1 : 0)}
      firstIndex={1}
      ariaLabels={{ tableLabel: why.byField.table(name) }}
      empty={why.byField.none}
    />
  );
});

function columnsOf(
  name: string,
  most: number,
  onToggle: (value: string) => void,
  { number, why }: Messages,
): readonly TableProps.ColumnDefinition<Line>[] {
  const words = why.byField;
  return [
    {
      id: "value",
      header: name,
      isRowHeader: true,
      width: "100%",
      cell: (line) => (
        <div className="value">
          <ValueName line={line} onToggle={onToggle} />
          <span className="value-bar" aria-hidden="true">
            <span className="value-images" style={{ inlineSize: `${(100 * line.images) / most}%` }}>
              {line.quota > 0 && (
                <span className="part-quota" style={{ inlineSize: `${(100 * line.quota) / line.images}%` }} />
              )}
            </span>
          </span>
        </div>
      ),
    },
    {
      id: "quota",
      header: <NumberHeader swatch="part-quota" text={words.ranks.quota} />,
      cell: ({ quota }) => <span className="value-number">{number(quota)}</span>,
    },
    {
      id: "images",
      header: <NumberHeader swatch="value-images-swatch" text={words.ranks.images} />,
      cell: ({ images }) => <span className="value-number">{number(images)}</span>,
    },
  ];
}

/** With the colour that the bars have it in. */
const NumberHeader = ({ swatch, text }: { readonly swatch: string; readonly text: string }) => (
  <span className="value-number-header">
    <span className={`swatch ${swatch}`} aria-hidden="true" />
    {text}
  </span>
);

function ValueName({
  line: { value, chosen },
  onToggle,
}: {
  readonly line: Line;
  readonly onToggle: (value: string) => void;
}) {
  const { why, filter } = useMessages();
  if (value === null) return <span className="value-name quiet">{why.byField.absent}</span>;
  if (!canBeAskedFor(value)) {
    return (
      <span className="value-name">
        <InventoryText>{value}</InventoryText>
        <span className="quiet">{why.byField.cannotBeAskedFor}</span>
      </span>
    );
  }
  return (
    <button
      type="button"
      className="value-name value-toggle"
      aria-pressed={chosen}
      title={chosen ? why.byField.remove : why.byField.add}
      onClick={() => onToggle(value)}
    >
      <span className="value-text">
        <Icon name={chosen ? "check" : "filter"} size="small" />
        <InventoryText>{value}</InventoryText>
      </span>
      {chosen && <span className="value-chosen">{filter.selected}</span>}
    </button>
  );
}
