/** What is known of an inventory that is kept, beside its bytes. */

export const DATABASE = "scan-precheck";

export interface KeptInventory {
  readonly id: string;
  readonly name: string;
  readonly images: number;
  /** When it was kept, in milliseconds since 1970. */
  readonly date: number;
  readonly cycleStart: number | null;
  /** Of its bytes. */
  readonly size: number;
}
