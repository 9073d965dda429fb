/** A text from the inventory: it is shown whole, and whatever marks of direction it holds turn nothing around it. */

import "./why.css";

export function InventoryText({ children }: { readonly children: string }) {
  return <bdi className="inventory-text">{children}</bdi>;
}
