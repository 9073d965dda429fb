/**
 * The help: examples first, then every option.
 */
import { options } from "./options.js";

const EXAMPLES = `What will a container image scan consume, and does it fit? Computed on this machine.

  scan-precheck FILE… [options]        FILE may be - for standard input

Examples

  How much will a scan of everything consume?
    scan-precheck images.json

  Only the latest images of two namespaces; 500 units remain. Exit code 2 where that is too little.
    scan-precheck images.json --repo-namespaces pay,risk --tags latest --remaining 500

  What was scanned in this cycle is charged already:
    scan-precheck images.json --cycle-start 2026-11-01T00:00:00+08:00

  Several exports are one inventory; gzip is unpacked:
    scan-precheck harbor.json acr-page-*.json.gz --tags latest

  A step of a pipeline that fails where a scan would consume more than 200:
    zcat images.json.gz | scan-precheck - --max-quota 200 --quiet

  Why does each image cost what it costs?
    scan-precheck images.json --explain --format csv > images.csv

  500 units remain. Which namespaces can be scanned?
    scan-precheck images.json --plan --remaining 500 --by repo-namespaces

  What has changed since last week's export?
    scan-precheck today.json --diff last-week.json

  How many new images fit into what remains, and until when?
    scan-precheck b.json --margin --remaining 99 --earlier a.json --earlier-date 2026-11-18 --date 2026-11-25

  Why does the service say other numbers? Its reply is in a file. Exit code 3 where they differ.
    scan-precheck images.json --tags latest --reconcile reply.json

  The ten images with an unknown digest that come first by their tag:
    scan-precheck images.json --explain --reason unknown-digest --sort tags --limit 10

  What to scan in this cycle, and what in the cycles to come?
    scan-precheck images.json --plan --remaining 500 --by repo-namespaces --per-cycle 1000

  The filter as a command that submits the scan:
    scan-precheck --print-request submit --repo-namespaces pay --tags latest

  Let the operation's own clients call this machine, without an account (scan-precheck serve --help):
    scan-precheck serve images.json --capacity 1000 --used 250`;

const EXITS = `Exit codes

  0  it fits, or there was nothing to compare with
  1  the command or a file could not be understood
  2  more is consumed than --remaining or --max-quota
  3  the service replied other numbers (--reconcile)`;

export function help() {
  const groups = groupsOf(options);
  const parts = [EXAMPLES];
  for (const [group, members] of groups) {
    parts.push(`${group}\n\n${members.map(lineOf).join("\n")}`);
  }
  parts.push(EXITS);
  return `${parts.join("\n\n")}\n`;
}

function groupsOf(options) {
  const groups = new Map();
  for (const option of options) groups.set(option.group, [...(groups.get(option.group) ?? []), option]);
  return groups;
}

function lineOf({ name, short, hint, help }) {
  const written = `${short ? `-${short}, ` : ""}--${name}${hint ? ` ${hint}` : ""}`;
  return `  ${written.padEnd(34)} ${help}`;
}
