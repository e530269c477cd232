// What is said to a screen reader when something is lit, in the words of the draft's own room.

import { say } from "./status.js";

const some = (count, name) => (count === 1 ? name : `${name}s`);

export function tellSources(workspace, row) {
  const { part, whole } = workspace.dataset;
  const parts = row.dataset.parts.split(" ").filter(Boolean).map((one) => Number(one) + 1);
  if (!parts.length) say(`Written by a person; nothing in the ${whole} is lit.`);
  else say(`Lit: ${some(parts.length, part)} ${parts.join(", ")}.`);
}

export function tellClaims(workspace, count) {
  say(`Lit: ${count} ${some(count, workspace.dataset.claimsName)} of the draft.`);
}
