/* Checks tokens from standard input with the roadside page's own code; run by the tests in Node. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, library] = process.argv.slice(2);
const { readKeys, verify } = await import(`${folder}/pass.js`);
const nacl = createRequire(import.meta.url)(library);
const given = JSON.parse(readFileSync(0, "utf-8"));
const keys = readKeys(given.keys);
const outcomes = [];
for (const token of given.tokens) {
  outcomes.push((await verify(token, keys, null, given.at, nacl)).outcome);
}
process.stdout.write(JSON.stringify(outcomes));
